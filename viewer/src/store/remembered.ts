/** Finds the row of a key, and remembers so many. */
export class Remembered {
  readonly #rows = new Map<string, number>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  row(key: string, find: () => Readonly<Record<string, unknown>> | undefined): number {
    const known = this.#rows.get(key)
    if (known !== undefined) return known
    const found = Number(find()?.['id'])
    if (this.#rows.size >= this.#most) this.#rows.clear()
    this.#rows.set(key, found)
    return found
  }

  /** To be called where rows may be gone. */
  clear(): void {
    this.#rows.clear()
  }
}
