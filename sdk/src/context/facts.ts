import type { Attributes } from '@opentelemetry/api'
import { factNames, tagKey, tagName } from './context-attributes.ts'
import { warn } from '../log.ts'

/** The value of a fact. It is sent as text, so that an attribute has one type wherever it comes from. */
export type FactValue = string | number | boolean

/** What an application knows of its LLM calls and no client can tell. */
export interface ContextFacts {
  /** The thread or session that the calls belong to. A request's own id wins for its call. */
  readonly conversationId?: FactValue | undefined
  readonly userId?: FactValue | undefined
  readonly promptName?: FactValue | undefined
  readonly promptVersion?: FactValue | undefined
  /** Which of a few alternatives runs, to compare them: also an attribute of metrics. */
  readonly variant?: FactValue | undefined
  /** Up to 32, with keys of up to 64 letters, digits, `_`, `.` or `-`. On metrics only those of the option `metricTags`. */
  readonly tags?: Readonly<Record<string, FactValue | undefined>> | undefined
  /** Puts these facts into W3C baggage, for other services of yours; default false. */
  readonly propagate?: boolean | undefined
}

type FactKey = keyof typeof factNames

const KEYS = Object.keys(factNames) as readonly FactKey[]
const KNOWN: ReadonlySet<string> = new Set([...KEYS, 'tags', 'propagate'])
const NAMES: ReadonlySet<string> = new Set(Object.values(factNames))
const LONGEST = 256
const MOST_TAGS = 32
const TAG_KEY = /^[\w.-]{1,64}$/

type Complain = (field: string, reason: string) => void

/** The facts as attributes, for calls that have those of `outer` already. What is wrong is left out, and named in a warning. */
export function factAttributes(facts: unknown, outer: Attributes): Attributes {
  if (!isRecord(facts)) {
    warn(`withContext takes an object of facts, not ${kind(facts)}`)
    return {}
  }
  const reader = new FactReader(Object.keys(outer), leaveOut)
  for (const key of KEYS) reader.read(factNames[key], facts[key], key)
  for (const key of Object.keys(facts)) {
    if (!KNOWN.has(key)) leaveOut(key, `known are ${[...KNOWN].join(', ')}`)
  }
  const { tags } = facts
  if (isRecord(tags)) {
    for (const [key, value] of Object.entries(tags)) reader.readTag(key, value)
  } else if (tags !== undefined && tags !== null) {
    leaveOut('tags', `it is ${kind(tags)}, not an object`)
  }
  return reader.attributes
}

/** The attributes among what came with a request that are facts. What else came is nobody's fault here. */
export function receivedAttributes(entries: Iterable<readonly [string, string]>): Attributes {
  const reader = new FactReader([], () => undefined)
  for (const [name, value] of entries) {
    const tag = tagKey(name)
    if (NAMES.has(name)) reader.read(name, value, name)
    else if (tag !== undefined) reader.readTag(tag, value)
  }
  return reader.attributes
}

class FactReader {
  readonly attributes: Attributes = {}
  readonly #complain: Complain
  readonly #tags: Set<string>

  constructor(outer: readonly string[], complain: Complain) {
    this.#tags = new Set(outer.filter((name) => tagKey(name) !== undefined))
    this.#complain = complain
  }

  readTag(key: string, value: unknown): void {
    const name = tagName(key)
    if (!TAG_KEY.test(key)) {
      this.#complain(
        'a tag',
        'its key has other characters than letters, digits, _ . and -, or too many',
      )
    } else if (this.#tags.size >= MOST_TAGS && !this.#tags.has(name)) {
      this.#complain('a tag', `there are more than ${MOST_TAGS}`)
    } else {
      this.read(name, value, `tags.${key}`)
      this.#tags.add(name)
    }
  }

  read(name: string, value: unknown, field: string): void {
    if (value === undefined || value === null || value === '') return
    if (!isFactValue(value)) {
      this.#complain(field, `it is ${kind(value)}, not a text, a finite number or a boolean`)
      return
    }
    const text = String(value)
    if (text.length <= LONGEST) this.attributes[name] = text
    else this.#complain(field, `it is longer than ${LONGEST} characters`)
  }
}

function leaveOut(field: string, reason: string): void {
  warn(`withContext leaves ${field} out: ${reason}`)
}

function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'number') return String(value)
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function isFactValue(value: unknown): value is FactValue {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
