import { crc32 } from 'node:zlib'

const HEADERS = {
  ':message-type': 'event',
  ':event-type': 'chunk',
  ':content-type': 'application/json',
}

const STRING = 7

const number = (size: 1 | 2 | 4, value: number): Buffer => {
  const bytes = Buffer.alloc(size)
  bytes.writeUIntBE(value, 0, size)
  return bytes
}

const headers = Buffer.concat(
  Object.entries(HEADERS).flatMap(([name, value]) => [
    number(1, name.length),
    Buffer.from(name),
    number(1, STRING),
    number(2, value.length),
    Buffer.from(value),
  ]),
)

/** One event as Amazon Bedrock frames it: `application/vnd.amazon.eventstream`. */
export function frame(event: object): Buffer {
  const bytes = Buffer.from(JSON.stringify(event)).toString('base64')
  const payload = Buffer.from(JSON.stringify({ bytes }))
  const lengths = Buffer.concat([
    number(4, 16 + headers.length + payload.length),
    number(4, headers.length),
  ])
  const message = Buffer.concat([lengths, number(4, crc32(lengths)), headers, payload])
  return Buffer.concat([message, number(4, crc32(message))])
}
