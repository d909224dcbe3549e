import { byteLength, sha256 } from '#platform'

/** What tells whether two pieces of data are the same: length in bytes, and SHA-256 in hexadecimal. */
export interface Digest {
  readonly bytes: number
  readonly sha256: string
}

/** The digest of bytes, or of a text in UTF-8. */
export function digestOf(data: string | Uint8Array): Digest {
  const bytes = typeof data === 'string' ? byteLength(data) : data.byteLength
  return { bytes, sha256: sha256(data) }
}
