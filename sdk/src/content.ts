import type { Handlers } from './content/findings.ts'
import { seal, sealText } from './content/seal.ts'
import type { Failure } from './calls/errors.ts'
import { guard } from './guard.ts'
import { settings } from './options.ts'
import { type Place, redactor } from './redaction/redactor.ts'

export type { Place } from './redaction/redactor.ts'

const LONGEST_TEXT = 4096

/** What is sent in place of content that could not be redacted. */
const WITHHELD = '[withheld: redaction failed]'

/** Whether content may go onto spans. */
export function onSpans(): boolean {
  const mode = settings().captureContent
  return mode === 'span_only' || mode === 'span_and_event'
}

/** Whether the details event is emitted, with content in it. */
export function onEvents(): boolean {
  const mode = settings().captureContent
  return mode === 'event_only' || mode === 'span_and_event'
}

/** Whether content is wanted at all. */
export function isCaptured(): boolean {
  return settings().captureContent !== 'no_content'
}

/**
 * Content as one JSON text of at most `limit` bytes, redacted, without media: the only form in which
 * it leaves. What is too long is shortened from within, so that the text stays valid JSON.
 */
export function contentText(
  content: unknown,
  place: Place,
  limit: number = settings().contentLimit,
): string {
  return (
    guard('redaction', () => seal(content, place, limit, handlers())) ?? JSON.stringify(WITHHELD)
  )
}

/** One text that is or may quote content, redacted and bounded. */
export function contentString(text: string, place: Place): string {
  const limit = Math.min(settings().contentLimit, LONGEST_TEXT)
  return guard('redaction', () => sealText(text, place, limit, handlers())) ?? WITHHELD
}

function handlers(): Handlers {
  const options = settings()
  return {
    redactor: redactor(options),
    uploadContent: isCaptured() ? options.uploadContent : undefined,
  }
}

/** Whether no rule finds anything in a text that is sent in every mode, such as the code of an error. */
export function isHarmless(text: string): boolean {
  const name = guard('redaction', () => redactor(settings())?.name(text) ?? text)
  return name === text
}

/**
 * Description of a failed span. The words of an error can quote the prompt: where nothing is
 * captured on spans, only the error's kind is told.
 */
export function statusMessage({ type, status, message }: Failure): string {
  if (onSpans()) return contentString(message, { kind: 'error', attribute: 'status.message' })
  return status === undefined ? type : `${type} ${status}`
}
