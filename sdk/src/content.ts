import type { Failure } from './errors.ts'
import { settings } from './options.ts'

const CUT = '…'
const SHORTEST = 64
const LONGEST_TEXT = 4096

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
 * Content as one JSON text of at most `contentLimit` bytes: the form for span attributes.
 * What is too long is shortened from within, so that the text stays valid JSON.
 */
export function contentText(content: unknown): string {
  const limit = settings().contentLimit
  const text = stringify(content)
  if (Buffer.byteLength(text) <= limit) return text
  return stringify(shorten(content, limit))
}

/**
 * Description of a failed span. The words of an error can quote the prompt: where nothing is
 * captured on spans, only the error's kind is told.
 */
export function statusMessage({ type, status, message }: Failure): string {
  if (onSpans()) return contentString(message)
  return status === undefined ? type : `${type} ${status}`
}

/** One text that is or may quote content, bounded. */
export function contentString(text: string): string {
  return cut(text, Math.min(settings().contentLimit, LONGEST_TEXT)) as string
}

/** Content as plain structured data of at most `contentLimit` bytes of JSON: the form for events. */
export function contentData(content: unknown): unknown {
  return JSON.parse(contentText(content))
}

// Halves the longest string allowed until all fits; then drops the oldest items of the list.
function shorten(content: unknown, limit: number): unknown {
  for (let longest = limit; longest >= SHORTEST; longest = Math.floor(longest / 2)) {
    const shorter = cut(content, longest)
    if (Buffer.byteLength(stringify(shorter)) <= limit) return shorter
  }
  const shortest = cut(content, SHORTEST)
  if (!Array.isArray(shortest)) return CUT
  let size = 2
  const kept: unknown[] = []
  for (const item of shortest.toReversed()) {
    size += Buffer.byteLength(stringify(item)) + 1
    if (size > limit) break
    kept.unshift(item)
  }
  return kept
}

function cut(value: unknown, longest: number): unknown {
  if (typeof value === 'string') {
    return value.length > longest ? `${value.slice(0, longest).toWellFormed()}${CUT}` : value
  }
  if (Array.isArray(value)) return value.map((item) => cut(item, longest))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cut(item, longest)]))
}

// A cycle or a bigint of the application's must not cost the whole span.
function stringify(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null'
  } catch {
    return JSON.stringify(String(value))
  }
}
