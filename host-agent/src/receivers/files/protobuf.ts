/** A field of a message: a number, or the bytes of whatever else it is. */
export interface Field {
  readonly number: number
  /** Of a varint; it may be beyond what a number can tell. */
  readonly integer?: bigint
  /** Of all other kinds: a fixed number of them, or those of a text, a message or a list. */
  readonly bytes?: Buffer
}

/**
 * The fields of a protobuf message, as they come.
 * @throws RangeError where it is none.
 */
export function* fieldsOf(message: Buffer): Iterable<Field> {
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message[at]
      if (byte === undefined) break
      at += 1
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asUintN(64, value)
    }
    throw new RangeError('a number of a message does not end')
  }
  const take = (count: number): Buffer => {
    if (count > message.length - at) throw new RangeError('a field is longer than its message')
    at += count
    return message.subarray(at - count, at)
  }
  while (at < message.length) {
    const key = varint()
    const number = Number(key >> 3n)
    const kind = Number(key & 7n)
    if (kind === 0) yield { number, integer: varint() }
    else if (kind === 1) yield { number, bytes: take(8) }
    else if (kind === 5) yield { number, bytes: take(4) }
    else if (kind === 2) yield { number, bytes: take(Number(varint())) }
    else throw new RangeError(`a field has the unknown kind ${kind}`)
  }
}

/** The bytes of the last field of a number. */
export function bytesOf(message: Buffer, wanted: number): Buffer | undefined {
  let found: Buffer | undefined
  for (const { number, bytes } of fieldsOf(message)) if (number === wanted && bytes) found = bytes
  return found
}

/** The text of the last field of a number. */
export function textOf(message: Buffer, wanted: number): string | undefined {
  return bytesOf(message, wanted)?.toString()
}

/** The signed number of the last varint of a number. */
export function integerOf(message: Buffer, wanted: number): number | undefined {
  let found: bigint | undefined
  for (const { number, integer } of fieldsOf(message)) {
    if (number === wanted && integer !== undefined) found = integer
  }
  return found === undefined ? undefined : Number(BigInt.asIntN(64, found))
}
