import { guard } from '../guard.ts'

/** Data that is too large for telemetry. */
export interface ContentItem {
  /** Bytes of media as they were found, or a text as it may leave: redacted. */
  readonly data: Uint8Array | string
  readonly mimeType: string
  /** Of the data, in hexadecimal: the same data has the same name, however often it is sent. */
  readonly sha256: string
  /** Name of the attribute in which the data would be. */
  readonly attribute: string
}

/**
 * Keeps data somewhere and tells the URI at which it will be, or nothing where it will not be kept. Called
 * while the application waits: only begins the work, and bounds it.
 */
export type UploadContent = (item: ContentItem) => string | undefined

/** How many URIs are remembered, for conversations send the same images again and again. */
const MOST_KNOWN = 1000

const known = new WeakMap<UploadContent, Map<string, string>>()

/** Has data kept, once. A fault of whoever keeps it is counted, and the data is told without a URI. */
export function upload(keep: UploadContent, item: ContentItem): string | undefined {
  let uris = known.get(keep)
  if (!uris) known.set(keep, (uris = new Map()))
  const before = uris.get(item.sha256)
  if (before !== undefined) return before
  const uri = guard('upload', () => checked(keep(item)))
  if (uri === undefined) return undefined
  if (uris.size >= MOST_KNOWN) uris.clear()
  uris.set(item.sha256, uri)
  return uri
}

function checked(uri: unknown): string | undefined {
  if (uri === undefined || typeof uri === 'string') return uri
  // a rejection of a promise that nobody asked for must not end the process
  if (uri instanceof Promise) uri.catch(() => undefined)
  throw new TypeError('uploadContent takes a function that returns a URI, not a promise of one')
}
