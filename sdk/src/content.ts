import type { Failure } from './errors.ts'
import { settings } from './options.ts'

const CUT = '…'
const CUT_BYTES = 3
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
  return fits(text, limit) ? text : shorten(JSON.parse(text), limit)
}

/** Content as plain structured data of at most `contentLimit` bytes of JSON: the form for events. */
export function contentData(content: unknown): unknown {
  return JSON.parse(contentText(content))
}

/** One text that is or may quote content, bounded. */
export function contentString(text: string): string {
  const limit = Math.min(settings().contentLimit, LONGEST_TEXT)
  if (fits(text, limit)) return text
  // as a stream, which leaves out the character that the cut goes through
  const kept = Buffer.from(text).subarray(0, limit - CUT_BYTES)
  return new TextDecoder().decode(kept, { stream: true }) + CUT
}

/**
 * Description of a failed span. The words of an error can quote the prompt: where nothing is
 * captured on spans, only the error's kind is told.
 */
export function statusMessage({ type, status, message }: Failure): string {
  if (onSpans()) return contentString(message)
  return status === undefined ? type : `${type} ${status}`
}

// A UTF-16 unit makes three bytes at most: a text is seldom long enough to be counted.
function fits(text: string, limit: number): boolean {
  return text.length * 3 <= limit || Buffer.byteLength(text) <= limit
}

// Halves the longest string allowed until all fits; then drops the oldest items of the list.
function shorten(content: unknown, limit: number): string {
  for (let longest = limit; longest >= SHORTEST; longest = Math.floor(longest / 2)) {
    const text = JSON.stringify(cut(content, longest))
    if (fits(text, limit)) return text
  }
  const shortest = cut(content, SHORTEST)
  return JSON.stringify(Array.isArray(shortest) ? newest(shortest, limit) : CUT)
}

function newest(items: readonly unknown[], limit: number): unknown[] {
  const kept: unknown[] = []
  let size = 2
  for (const item of items.toReversed()) {
    size += Buffer.byteLength(JSON.stringify(item)) + 1
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

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null'
  } catch {
    return stringifyOdd(value)
  }
}

// A cycle or a bigint of the application's must not cost the whole of it.
function stringifyOdd(value: unknown): string {
  const ancestors: unknown[] = []
  function plain(this: unknown, _: string, item: unknown): unknown {
    if (typeof item === 'bigint') return String(item)
    if (typeof item !== 'object' || item === null) return item
    while (ancestors.length > 0 && ancestors.at(-1) !== this) ancestors.pop()
    if (ancestors.includes(item)) return '[circular]'
    ancestors.push(item)
    return item
  }
  try {
    return JSON.stringify(value, plain) ?? 'null'
  } catch {
    return JSON.stringify(CUT)
  }
}
