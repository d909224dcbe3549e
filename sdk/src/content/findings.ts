import type { Place, Redactor } from '../redaction/redactor.ts'
import { type Digest, digestOf } from './digest.ts'
import { bytesOf, type Media } from './media.ts'
import { asCut, type Reference } from './reference.ts'
import { upload, type UploadContent } from './upload.ts'

/** Most units of a text that is kept whole elsewhere: more would take too long to redact. */
const LONGEST_KEPT = 4_000_000

/** Who looks at content before it leaves. */
export interface Handlers {
  readonly redactor?: Redactor | undefined
  readonly uploadContent?: UploadContent | undefined
}

/** What was found out of one piece of content, however often it is gone through. */
export class Findings {
  readonly #place: Place
  readonly #handlers: Handlers
  readonly #marks = new Map<string, string>()
  readonly #references = new Map<unknown, Reference>()

  constructor(place: Place, handlers: Handlers) {
    this.#place = place
    this.#handlers = handlers
  }

  /** What stands in a text for what was cut from it. */
  readonly mark = (text: string): string => {
    let mark = this.#marks.get(text)
    if (mark === undefined) this.#marks.set(text, (mark = this.#cut(text)))
    return mark
  }

  readonly reference = (media: Media): Reference => {
    let reference = this.#references.get(media.data)
    if (!reference) this.#references.set(media.data, (reference = this.#refer(media)))
    return reference
  }

  #cut(text: string): string {
    const { uploadContent, redactor } = this.#handlers
    if (!uploadContent || text.length > LONGEST_KEPT) return asCut(digestOf(text))
    const data = redactor ? redactor.text(text, this.#place) : text
    const digest = digestOf(data)
    return asCut(digest, this.#uri(data, 'text/plain', digest))
  }

  #refer(media: Media): Reference {
    const { mimeType } = media
    const data = bytesOf(media)
    const digest = digestOf(data)
    return { mimeType, ...digest, uri: this.#uri(data, mimeType, digest) }
  }

  #uri(data: string | Uint8Array, mimeType: string, { sha256 }: Digest): string | undefined {
    const { uploadContent } = this.#handlers
    const { attribute } = this.#place
    return uploadContent && upload(uploadContent, { data, mimeType, sha256, attribute })
  }
}
