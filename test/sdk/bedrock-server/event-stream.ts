import { crc32 } from 'node:zlib'
import type { Framing, ServerSentEvent } from '../scripted-server/dialect.ts'

/** https://smithy.io/2.0/aws/amazon-eventstream.html: lengths, headers, payload, and a sum over each. */

const STRING = 7

/** An exception is an event of another kind. */
const kindOf = (name: string): 'event' | 'exception' =>
  name.endsWith('Exception') ? 'exception' : 'event'

/** One message. */
export function frame({ event = '', data }: ServerSentEvent): Buffer {
  const kind = kindOf(event)
  const headers = Buffer.concat([
    header(`:${kind}-type`, event),
    header(':content-type', 'application/json'),
    header(':message-type', kind),
  ])
  const payload = Buffer.from(data)
  const prelude = Buffer.alloc(8)
  prelude.writeUInt32BE(headers.length + payload.length + 16, 0)
  prelude.writeUInt32BE(headers.length, 4)
  const body = Buffer.concat([prelude, sumOf(prelude), headers, payload])
  return Buffer.concat([body, sumOf(body)])
}

function header(name: string, value: string): Buffer {
  const text = Buffer.from(value)
  const lengths = Buffer.alloc(3)
  lengths.writeUInt8(STRING, 0)
  lengths.writeUInt16BE(text.length, 1)
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), lengths, text])
}

function sumOf(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(bytes))
  return sum
}

export const eventStream: Framing = {
  contentType: 'application/vnd.amazon.eventstream',
  encode: frame,
}
