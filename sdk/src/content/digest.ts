import { hash } from 'node:crypto'

/** What tells whether two pieces of data are the same: length in bytes, and SHA-256 in hexadecimal. */
export interface Digest {
  readonly bytes: number
  readonly sha256: string
}

/** The digest of bytes, or of a text in UTF-8. */
export function digestOf(data: string | Uint8Array): Digest {
  const bytes = typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength
  return { bytes, sha256: hash('sha256', data) }
}
