import { fromBase64 } from '#platform'
import { asText, type Reference } from './reference.ts'

/** Data in place: what it is, and the data as it was found. */
export interface Media {
  readonly mimeType: string
  readonly data: string | Uint8Array
}

const LONGEST_HEADER = 256
/** What is shorter than this is a word, a key or a hash, and no media. */
const SHORTEST = 1024
const SHORTEST_IN_URL = 64
const SAMPLE = 512
const UNKNOWN = 'application/octet-stream'

const BASE64 = /^[\w+/-]+$/
const LETTERS = [/[a-z]/, /[A-Z]/, /\d/]
const MARK = ';base64,'
const HEADER = /data:([\w.+/-]{1,127})$/
const NOT_BASE64 = /[^\w+/=-]/g
const MIME_TYPES = ['mime_type', 'mimeType', 'media_type', 'mediaType'] as const

/** The media of an address that holds it, `data:image/png;base64,…`. */
export function dataUrl(text: string): Media | undefined {
  if (!text.startsWith('data:')) return undefined
  const comma = text.slice(0, LONGEST_HEADER).indexOf(',')
  const [mimeType = '', ...parameters] = text.slice(5, Math.max(5, comma)).split(';')
  if (parameters.at(-1) !== 'base64') return undefined
  return { mimeType: mimeType || UNKNOWN, data: text.slice(comma + 1) }
}

/** The media that a text is from its beginning to its end. */
export function mediaOf(text: string, holder?: object): Media | undefined {
  if (text.length < SHORTEST) return undefined
  const inUrl = dataUrl(text)
  if (inUrl) return inUrl
  const sample = text.slice(0, SAMPLE)
  const isBase64 =
    BASE64.test(sample) &&
    BASE64.test(text.slice(-SAMPLE).replace(/=+$/, '')) &&
    LETTERS.every((letter) => letter.test(sample))
  return isBase64 ? { mimeType: mimeTypeOf(holder), data: text } : undefined
}

/** What a part of a message, or an object that says as much, holds in place. */
export function mimeTypeOf(holder: object | undefined): string {
  const fields = (holder ?? {}) as Readonly<Record<string, unknown>>
  const named = MIME_TYPES.map((name) => fields[name]).find((value) => typeof value === 'string')
  return typeof named === 'string' ? named : UNKNOWN
}

/** Puts references in the place of the media within a text. */
export function withoutDataUrls(text: string, refer: (media: Media) => Reference): string {
  let made = ''
  let done = 0
  let mark = text.indexOf(MARK)
  while (mark !== -1) {
    const start = mark + MARK.length
    const header = HEADER.exec(text.slice(Math.max(done, mark - LONGEST_HEADER), mark))
    const end = header ? endOfBase64(text, start) : start
    if (header && end - start >= SHORTEST_IN_URL) {
      const media = { mimeType: header[1] ?? UNKNOWN, data: text.slice(start, end) }
      made += text.slice(done, mark - header[0].length) + asText(refer(media))
      done = end
    }
    mark = text.indexOf(MARK, end)
  }
  return done === 0 ? text : made + text.slice(done)
}

// a search, and no repetition: of millions of characters a pattern cannot be made to match all
function endOfBase64(text: string, start: number): number {
  NOT_BASE64.lastIndex = start
  return NOT_BASE64.exec(text)?.index ?? text.length
}

/** The bytes of media. */
export function bytesOf({ data }: Media): Uint8Array {
  return typeof data === 'string' ? fromBase64(data) : data
}
