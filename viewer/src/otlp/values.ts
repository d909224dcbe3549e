/**
 * Values of attributes as they are stored: plain JSON where it says all, else an object whose one key tells the type.
 * So what was sent can be sent on unchanged, and costs few bytes.
 */
import type { Attributes, AttributeValue } from '../api.ts'
import { has, int64, message, messages, number, text } from './fields.ts'
import type { Message } from './messages.ts'

export type Stored = string | number | boolean | null | readonly Stored[] | Typed

/** Digits of an int64 beyond the safe ones, a double that is whole or not finite, bytes as base64, or a map. */
type Typed =
  | { readonly int: string }
  | { readonly double: number | 'NaN' | 'Infinity' | '-Infinity' }
  | { readonly bytes: string }
  | { readonly map: StoredAttributes }

export type StoredAttributes = Readonly<Record<string, Stored>>

/** Attributes that were kept, and how many were not. */
export interface Kept {
  readonly attributes: StoredAttributes
  readonly dropped: number
}

const MAX_ATTRIBUTES = 1024
const MAX_ITEMS = 10_000
const MAX_DEPTH = 24
const MAX_KEY = 1024

/** Reads a list of `KeyValue`; of a key that is there twice the last one counts. */
export function readAttributes(list: unknown): Kept {
  const all = messages(list)
  return {
    attributes: keyed(all.slice(0, MAX_ATTRIBUTES), 0),
    dropped: Math.max(0, all.length - MAX_ATTRIBUTES),
  }
}

/** Reads an `AnyValue`. */
export function readValue(value: Message, depth = 0): Stored {
  if (has(value, 'stringValue')) return text(value['stringValue'])
  if (has(value, 'intValue')) return int(value['intValue'])
  if (has(value, 'doubleValue')) return double(number(value['doubleValue']))
  if (has(value, 'boolValue')) return value['boolValue'] === true
  if (has(value, 'bytesValue')) return { bytes: base64(value['bytesValue']) }
  if (depth >= MAX_DEPTH) return null
  if (has(value, 'arrayValue')) {
    const items = messages(message(value['arrayValue'])['values']).slice(0, MAX_ITEMS)
    return items.map((item) => readValue(item, depth + 1))
  }
  if (has(value, 'kvlistValue')) {
    const pairs = messages(message(value['kvlistValue'])['values']).slice(0, MAX_ITEMS)
    return { map: keyed(pairs, depth + 1) }
  }
  return null
}

function keyed(pairs: readonly Message[], depth: number): StoredAttributes {
  // without a prototype, so that `__proto__` is a key like any other
  const attributes = Object.create(null) as Record<string, Stored>
  for (const pair of pairs) {
    const key = text(pair['key']).slice(0, MAX_KEY)
    attributes[key] = readValue(message(pair['value']), depth)
  }
  return attributes
}

function int(value: unknown): Stored {
  const wide = int64(value)
  const narrow = Number(wide)
  return Number.isSafeInteger(narrow) ? narrow : { int: String(wide) }
}

function double(value: number): Stored {
  if (Number.isNaN(value)) return { double: 'NaN' }
  if (!Number.isFinite(value)) return { double: value > 0 ? 'Infinity' : '-Infinity' }
  return Number.isInteger(value) ? { double: value } : value
}

function base64(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64').slice(0, MAX_BASE64)
  return Buffer.from(text(value), 'base64').toString('base64').slice(0, MAX_BASE64)
}

/** A multiple of four, so that what is cut stays base64. */
const MAX_BASE64 = 1_048_576

/** As the page gets a value. */
export function plainValue(value: Stored): AttributeValue {
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.map(plainValue)
  if ('int' in value) return value.int
  if ('double' in value) return value.double
  return 'bytes' in value ? value.bytes : plainAttributes(value.map)
}

export function plainAttributes(attributes: StoredAttributes): Attributes {
  const plain = Object.create(null) as Record<string, AttributeValue>
  for (const [key, value] of Object.entries(attributes)) plain[key] = plainValue(value)
  return plain
}

/** As OTLP's JSON has a value. */
export function otlpValue(value: Stored): Message {
  if (value === null) return {}
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  }
  if (isList(value)) return { arrayValue: { values: value.map(otlpValue) } }
  if ('int' in value) return { intValue: value.int }
  if ('double' in value) return { doubleValue: value.double }
  if ('bytes' in value) return { bytesValue: value.bytes }
  return { kvlistValue: { values: otlpAttributes(value.map) } }
}

export function otlpAttributes(attributes: StoredAttributes): Message[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: otlpValue(value) }))
}

/** Whether a value that is an object is a list. */
export function isList(value: readonly Stored[] | Typed): value is readonly Stored[] {
  return Array.isArray(value)
}
