import { byteLength } from '#platform'
import type { Place } from '../redaction/redactor.ts'
import { cut } from './cut.ts'
import { Findings, type Handlers } from './findings.ts'
import { Plain, type Terms } from './plain.ts'
import { fits, shareOf } from './room.ts'

/** No text is cut shorter: what tells of the cut takes half of that. */
const SHORTEST = 192
const NARROWER = 0.7

const TOO_MUCH = '[cut, too much to tell]'

/** What a text costs beside itself: quotes, and the name of its property. */
const AROUND = 24

/** Most units of what is cut as a whole whose digest is told: more would take too long. */
const MOST_DIGESTED = 8_000_000

/**
 * Content as one JSON text of at most `limit` bytes, redacted, without media. What is too long is
 * shortened from within, the longest texts first; if even that is too long, the oldest of a list go.
 * Throws what redaction throws.
 */
export function seal(content: unknown, place: Place, limit: number, handlers: Handlers): string {
  const { redactor } = handlers
  const findings = new Findings(place, handlers)
  const terms: Terms = { longest: limit, most: limit, findings, place }
  const text = json(content, terms)
  if (text !== undefined && fits(text, limit)) {
    const suspicions = redactor?.suspect(text)
    if (!suspicions) return text
    const redacted = json(content, { ...terms, redactor, suspicions }, text)
    if (redacted !== undefined && fits(redacted, limit)) return redacted
  }
  return shortened(content, { ...terms, redactor })
}

/** One text of at most `limit` bytes, redacted; its middle goes if it is too long. */
export function sealText(text: string, place: Place, limit: number, handlers: Handlers): string {
  const { redactor } = handlers
  if (fits(text, limit)) {
    const suspicions = redactor?.suspect(text)
    const redacted = suspicions ? redactor?.text(text, place, suspicions) : text
    if (redacted !== undefined && fits(redacted, limit)) return redacted
  }
  return shortenedText(text, limit, { place, redactor, findings: new Findings(place, handlers) })
}

function shortenedText(
  text: string,
  limit: number,
  { place, redactor, findings }: Pick<Terms, 'place' | 'redactor' | 'findings'>,
): string {
  const redact = redactor && ((part: string) => redactor.text(part, place))
  const mark = findings.mark(text)
  for (let longest = limit; longest > mark.length; longest *= NARROWER) {
    const shorter = cut(text, Math.floor(longest), mark, redact)
    if (fits(shorter, limit)) return shorter
  }
  return mark
}

/** Content as JSON; `before` where redaction finds nothing in what that was made from. */
function json(content: unknown, terms: Terms, before?: string): string | undefined {
  const plain = new Plain(terms)
  const made = plain.of(content)
  if (plain.overflows) return undefined
  return plain.isRedacted || before === undefined ? (JSON.stringify(made) ?? 'null') : before
}

function shortened(content: unknown, terms: Terms): string {
  const limit = terms.most
  for (let longest = level(content, limit); longest >= SHORTEST; longest *= NARROWER) {
    const text = json(content, { ...terms, longest: Math.floor(longest) })
    // too many values: shorter texts are no help
    if (text === undefined) break
    if (fits(text, limit)) return text
  }
  if (Array.isArray(content)) return newest(content, terms)
  const text = whole(content, terms)
  if (text === undefined) return JSON.stringify(TOO_MUCH)
  // a text in a text: its quotes become twice as long
  return JSON.stringify(shortenedText(text, Math.floor(limit / 2), terms))
}

/** Content without limits that one would meet, as JSON; nothing where it is too much to go through. */
function whole(content: unknown, { findings, place }: Terms): string | undefined {
  return json(content, { findings, place, longest: MOST_DIGESTED, most: MOST_DIGESTED })
}

/** Lengths of the texts in content; nothing where there are more values than could be kept. */
function lengths(content: unknown, limit: number): number[] | undefined {
  const found: number[] = []
  const waiting: unknown[] = [content]
  for (let seen = 0; waiting.length > 0; seen += 1) {
    const value = waiting.pop()
    const values = valuesOf(value)
    if (seen + waiting.length + values.length > limit) return undefined
    if (typeof value === 'string') found.push(value.length)
    else for (const item of values) waiting.push(item)
  }
  return found
}

// a list is gone through as it is: one that is all holes is long, and has no values
function valuesOf(value: unknown): readonly unknown[] {
  try {
    if (Array.isArray(value)) return value
    return typeof value === 'object' && value !== null ? Object.values(value) : []
  } catch {
    return []
  }
}

/** How long a text may be, so that all of them fit; nothing where there are too many. */
function level(content: unknown, limit: number): number {
  const texts = lengths(content, limit)
  return texts ? shareOf(texts, limit - texts.length * AROUND) : 0
}

function newest(items: readonly unknown[], terms: Terms): string {
  const kept: string[] = []
  let room = terms.most - SHORTEST
  let first = items.length
  while (first > 0) {
    const text = json(items[first - 1], { ...terms, longest: SHORTEST, most: room })
    room -= text === undefined ? Infinity : byteLength(text) + 1
    if (text === undefined || room < 0) break
    kept.push(text)
    first -= 1
  }
  const dropped = first > MOST_DIGESTED ? undefined : whole(items.slice(0, first), terms)
  const mark = dropped === undefined ? TOO_MUCH : terms.findings.mark(dropped)
  return `[${[JSON.stringify(standIn(items[0], mark)), ...kept.toReversed()].join(',')}]`
}

/** A text in the shape of the item that it stands for: a message, a part, or else just the text. */
function standIn(item: unknown, text: string): unknown {
  const part = { type: 'text', content: text }
  if (typeof item !== 'object' || item === null) return text
  if ('parts' in item && 'role' in item) return { role: item.role, parts: [part] }
  return 'type' in item ? part : text
}
