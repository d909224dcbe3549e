import type { Place, Redactor, Suspicion } from '../redaction/redactor.ts'
import { cut, type Redaction } from './cut.ts'
import type { Findings } from './findings.ts'
import { type Media, mediaOf, mimeTypeOf, withoutDataUrls } from './media.ts'
import { asPart, asText } from './reference.ts'

const DEEPEST = 64
const CIRCULAR = '[circular]'
const TOO_DEEP = '[cut, nested too deeply]'

/** In place of what throws when it is read: no value that anybody has. */
const UNREADABLE = Symbol('unreadable')

/** Integers from here on can be the number of a payment card. */
const LONG_NUMBER = 1e12

/** How content is made plain. */
export interface Terms {
  /** Most UTF-16 units of one text. */
  readonly longest: number
  /** Most units of all texts, and most values. */
  readonly most: number
  readonly findings: Findings
  readonly place: Place
  /** Nothing is redacted without. */
  readonly redactor?: Redactor | undefined
  readonly suspicions?: readonly Suspicion[] | undefined
}

/**
 * Makes plain data of content: redacted, without media, with no text too long, no cycle, nothing that
 * throws. What need not change is not copied. The work is bounded by `most`, whatever the content.
 */
export class Plain {
  readonly #terms: Terms
  readonly #redact: Redaction | undefined
  readonly #ancestors: object[] = []
  #left: number
  #redacted = false

  constructor(terms: Terms) {
    const { redactor, place, suspicions, most } = terms
    this.#terms = terms
    this.#left = most
    this.#redact =
      redactor &&
      ((text) => {
        const redacted = redactor.text(text, place, suspicions)
        this.#redacted ||= redacted !== text
        return redacted
      })
  }

  /** Redaction has changed something. */
  get isRedacted(): boolean {
    return this.#redacted
  }

  /** There was more than `most`: what was made is of no use. */
  get overflows(): boolean {
    return this.#left < 0
  }

  of(value: unknown, holder?: object): unknown {
    this.#left -= 1
    if (this.overflows) return undefined
    switch (typeof value) {
      case 'string':
        return this.#text(value, holder)
      case 'object':
        return value === null ? value : this.#object(value)
      case 'number':
        return Math.abs(value) >= LONG_NUMBER ? this.#number(value) : value
      case 'bigint':
        return this.#text(String(value))
      case 'symbol':
        return value === UNREADABLE ? '[unreadable]' : value
      default:
        return value
    }
  }

  #text(text: string, holder?: object): string {
    const { findings, longest } = this.#terms
    const media = mediaOf(text, holder)
    if (media) return asText(findings.reference(media))
    const own = withoutDataUrls(text, findings.reference)
    this.#left -= Math.min(own.length, longest)
    if (this.overflows) return ''
    if (own.length > longest) return cut(own, longest, findings.mark(own), this.#redact)
    const whole = own.isWellFormed() ? own : own.toWellFormed()
    return this.#redact ? this.#redact(whole) : whole
  }

  #number(value: number): number | string {
    const digits = String(value)
    const text = this.#text(digits)
    return text === digits ? value : text
  }

  #object(object: object): unknown {
    if (this.#ancestors.includes(object)) return CIRCULAR
    if (this.#ancestors.length >= DEEPEST) return TOO_DEEP
    this.#ancestors.push(object)
    try {
      if (Array.isArray(object)) return this.#list(object)
      const media = binary(object)
      if (media) return asText(this.#terms.findings.reference(media))
      const serialised = toJson(object)
      return serialised === object ? this.#record(object) : this.of(serialised)
    } finally {
      this.#ancestors.pop()
    }
  }

  #list(items: readonly unknown[]): unknown {
    const length = read(items, 'length')
    if (typeof length !== 'number') return this.of(UNREADABLE)
    let copy: unknown[] | undefined
    for (let index = 0; index < length && !this.overflows; index += 1) {
      const item = read(items, index)
      const made = this.of(item)
      if (made !== item) copy ??= items.slice(0, index)
      copy?.push(made)
    }
    return copy ?? items
  }

  #record(record: object): object {
    const content = read(record, 'type') === 'blob' && read(record, 'content')
    if (typeof content === 'string') {
      const media = { mimeType: mimeTypeOf(record), data: content }
      return asPart(record, this.#terms.findings.reference(media))
    }
    let copy: Record<string, unknown> | undefined
    const keys = keysOf(record)
    for (const key of keys) {
      if (this.overflows) break
      const value = read(record, key)
      const made = this.#property(key, value, record)
      const name = this.#name(key)
      if (made !== value || name !== key) copy ??= begun(record, keys, key)
      if (copy) copy[name] = made
    }
    return copy ?? record
  }

  #property(name: string, value: unknown, holder: object): unknown {
    const isText = typeof value === 'string' && value !== ''
    const hidden = isText ? this.#terms.redactor?.property(name) : undefined
    if (hidden === undefined) return this.of(value, holder)
    this.#redacted = true
    return hidden
  }

  #name(name: string): string {
    const { redactor, suspicions } = this.#terms
    const redacted = redactor?.name(name, suspicions) ?? name
    this.#redacted ||= redacted !== name
    return redacted
  }
}

/** A copy of a record up to a property. Without a prototype, for which `__proto__` is a name like any other. */
function begun(record: object, keys: readonly string[], end: string): Record<string, unknown> {
  const copy: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const key of keys) {
    if (key === end) break
    copy[key] = read(record, key)
  }
  return copy
}

function binary(object: object): Media | undefined {
  const data = bytesIn(object)
  return data && { mimeType: mimeTypeOf(undefined), data }
}

function bytesIn(object: object): Uint8Array | undefined {
  // asked first: it is the quickest to say no
  if (ArrayBuffer.isView(object)) {
    if (object instanceof Uint8Array) return object
    return new Uint8Array(object.buffer, object.byteOffset, object.byteLength)
  }
  return object instanceof ArrayBuffer ? new Uint8Array(object) : undefined
}

function toJson(object: object): unknown {
  const own = read(object, 'toJSON')
  if (own === UNREADABLE) return UNREADABLE
  if (typeof own !== 'function') return object
  try {
    return own.call(object)
  } catch {
    return UNREADABLE
  }
}

function keysOf(record: object): readonly string[] {
  try {
    return Object.keys(record)
  } catch {
    return []
  }
}

function read(object: object, key: string | number): unknown {
  try {
    return (object as Readonly<Record<string | number, unknown>>)[key]
  } catch {
    return UNREADABLE
  }
}
