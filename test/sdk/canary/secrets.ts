/** Secrets that are planted: each field has its own, so that one that leaves tells where it was. */
export class Secrets {
  /** Every secret, by what it was planted in. */
  readonly planted = new Map<string, readonly string[]>()
  readonly #texts = new Map<string, string>()

  /** A text for a field, with secrets of several kinds in it. */
  readonly in = (field: string): string => {
    const known = this.#texts.get(field)
    if (known !== undefined) return known
    const number = String(this.planted.size + 100)
    const key = `sk-proj-${field}-0aB1cD2eF3gH4iJ5kL${number}`
    const email = `${field}@canary.example`
    const phone = `+49 151 12345${number}`
    const address = `198.51.100.${number}`
    const card = cardOf(`411111111111${number}`)
    this.planted.set(field, [key, email, phone, address, card])
    const text = `planted-${field} ${key} ${email} ${phone} ${address} ${card} end`
    this.#texts.set(field, text)
    return text
  }

  /** A key alone, where a field takes no sentence. */
  readonly key = (field: string): string => {
    const key = `sk-proj-${field}-0aB1cD2eF3gH4iJ5kL6mN7o`
    this.planted.set(field, [key])
    return key
  }

  /** The fields whose secrets are found in what was exported. */
  foundIn(exported: string): string[] {
    return [...this.planted]
      .filter(([, secrets]) => secrets.some((secret) => exported.includes(secret)))
      .map(([field]) => field)
  }
}

/** A card's number from all but its last digit, which is a check. */
function cardOf(digits: string): string {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return digits + ((10 - (sum % 10)) % 10)
}
