import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

/** Bytes of a body as it comes, and once it is unpacked. */
export const MAX_BODY = 16_777_216
export const MAX_UNPACKED = 67_108_864

const unpack = promisify(gunzip)

/** Why a body is not read, and the status of HTTP that says so. */
export class BodyError extends Error {
  readonly status: number

  constructor(status: number, reason: string) {
    super(reason)
    this.status = status
  }
}

/** Reads a body that may be packed; rejects with a `BodyError` what is too large or broken. */
export async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding !== 'gzip' && encoding !== 'identity') {
    throw new BodyError(415, 'Content-Encoding is gzip or none.')
  }
  const most = encoding === 'gzip' ? MAX_BODY : MAX_UNPACKED
  const body = await collect(request, most)
  if (encoding === 'identity') return body
  try {
    return await unpack(body, { maxOutputLength: MAX_UNPACKED })
  } catch (error) {
    throw unpackError(error)
  }
}

async function collect(request: IncomingMessage, most: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most)
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.byteLength
    if (bytes > most) throw tooLarge(most)
    parts.push(part)
  }
  return Buffer.concat(parts, bytes)
}

function tooLarge(most: number): BodyError {
  return new BodyError(413, `More than ${most} bytes: send smaller batches.`)
}

function unpackError(error: unknown): BodyError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ERR_BUFFER_TOO_LARGE'
    ? tooLarge(MAX_UNPACKED)
    : new BodyError(400, 'The body is not gzip.')
}
