import type { Digest } from './digest.ts'

/** What stands for data that is not sent along. */
export interface Reference extends Digest {
  readonly mimeType: string
  /** Where it is, if it was kept. */
  readonly uri?: string | undefined
}

/** A reference in a text. */
export function asText({ mimeType, bytes, sha256, uri }: Reference): string {
  return `[${mimeType}, ${bytes} bytes, sha256 ${sha256}${at(uri)}]`
}

/** What stands in a text for what was cut from it. The digest is that of the whole. */
export function asCut({ bytes, sha256 }: Digest, uri?: string): string {
  return `[cut, whole ${bytes} bytes, sha256 ${sha256}${at(uri)}]`
}

/** A reference in the place of a part of a message that held the data, in the conventions' shape. */
export function asPart(part: object, { bytes, sha256, uri }: Reference): object {
  const { content: _, ...rest } = part as { content?: unknown }
  const digest = { byte_length: bytes, sha256 }
  return uri === undefined
    ? { ...rest, content: '', ...digest }
    : { ...rest, type: 'uri', uri, ...digest }
}

const at = (uri: string | undefined): string => (uri === undefined ? '' : `, at ${uri}`)
