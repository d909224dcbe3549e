/** The share of what is kept that is from the beginning. */
const HEAD = 0.7

/** How much more than is kept is redacted, so that no secret is cut in two and one half stays. */
const AFTER = 512
const BEFORE = 4096

/** What is dropped at the end of the beginning: no secret that has no mark of its own is longer. */
const EDGE = 256

export type Redaction = (text: string) => string

/**
 * A text of more than `longest` units, shortened to about that: its beginning, a mark of what was cut, and
 * its end. Only what is kept is redacted, however long the text is.
 */
export function cut(
  text: string,
  longest: number,
  mark: string,
  redact: Redaction | undefined,
): string {
  const room = Math.max(0, longest - mark.length)
  const head = Math.ceil(room * HEAD)
  return `${beginning(text, head, redact)}${mark}${end(text, room - head, redact)}`.toWellFormed()
}

function beginning(text: string, length: number, redact: Redaction | undefined): string {
  if (!redact) return text.slice(0, length)
  const redacted = redact(text.slice(0, length + AFTER))
  return redacted.slice(0, Math.max(0, Math.min(length, redacted.length - EDGE)))
}

function end(text: string, length: number, redact: Redaction | undefined): string {
  if (length === 0) return ''
  if (!redact) return text.slice(-length)
  const redacted = redact(text.slice(-(length + BEFORE)))
  return redacted.slice(Math.max(BEFORE, redacted.length - length))
}
