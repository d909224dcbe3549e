/** What a field of a protobuf message holds: a whole number, a text, bytes, or a message. */
export type Value = number | string | Uint8Array

/** A protobuf message of its fields, by number; one with a list is repeated. */
export function message(fields: Readonly<Record<number, Value | readonly Value[]>>): Uint8Array {
  const parts = Object.entries(fields).flatMap(([number, value]) =>
    [value].flat().map((one) => field(Number(number), one)),
  )
  return Buffer.concat(parts)
}

function field(number: number, value: Value): Uint8Array {
  if (typeof value === 'number') return Buffer.concat([varint(number << 3), varint(value)])
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes])
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
  return Uint8Array.from([...bytes, rest])
}
