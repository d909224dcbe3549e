/**
 * Reads fields of messages that anybody may have sent, in either encoding: protobuf has bytes for ids and
 * `Long` for 64 bits, JSON has hexadecimal digits and decimal ones. What is of the wrong type reads as not set.
 */
import type { Message } from './messages.ts'

/** Longest text that is kept whole, in UTF-16 code units; a prompt with its context is shorter. */
export const MAX_TEXT = 1_048_576

const NONE: Message = {}
const MAX_INT64 = 2n ** 63n - 1n
const MIN_INT64 = -(2n ** 63n)

/** The message within a field; one without fields where there is none. */
export function message(value: unknown): Message {
  return typeof value === 'object' && value !== null ? (value as Message) : NONE
}

/** The messages of a repeated field. */
export function messages(value: unknown): readonly Message[] {
  return Array.isArray(value) ? value.map(message) : []
}

/** Whether a message says anything in a field that may be absent. */
export function has(of: Message, field: string): boolean {
  return Object.hasOwn(of, field) && of[field] !== null && of[field] !== undefined
}

export function text(value: unknown): string {
  if (typeof value !== 'string') return ''
  const cut = value.length > MAX_TEXT ? value.slice(0, MAX_TEXT) : value
  return cut.isWellFormed() ? cut : cut.toWellFormed()
}

/** Hexadecimal digits of an id of so many bytes; '' where it is none, or all zeros. */
export function id(value: unknown, bytes: number): string {
  const digits =
    value instanceof Uint8Array
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')
      : typeof value === 'string'
        ? value.toLowerCase()
        : ''
  const valid = digits.length === bytes * 2 && /^[0-9a-f]+$/.test(digits) && !/^0+$/.test(digits)
  return valid ? digits : ''
}

/** An int64, or an unsigned one within its range; 0 where it is none. */
export function int64(value: unknown): bigint {
  return clamped(wide(value), MIN_INT64)
}

/** Nanoseconds since 1970; 0 where they are not told or negative. */
export function nanoseconds(value: unknown): bigint {
  return clamped(wide(value), 0n)
}

/** A number of any of the types of protobuf, which JSON may have as text. */
export function number(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string' && value.trim() !== '') return Number(value)
  return isLong(value) ? Number(wide(value)) : 0
}

/** A whole number that is not negative, such as a count. */
export function count(value: unknown): number {
  const read = Math.trunc(number(value))
  return Number.isSafeInteger(read) && read > 0 ? read : 0
}

interface Long {
  readonly low: number
  readonly high: number
  readonly unsigned: boolean
}

function isLong(value: unknown): value is Long {
  return typeof value === 'object' && value !== null && 'low' in value && 'high' in value
}

function wide(value: unknown): bigint {
  if (isLong(value)) {
    const high = BigInt(value.unsigned ? value.high >>> 0 : value.high | 0)
    return (high << 32n) | BigInt(value.low >>> 0)
  }
  if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : 0n
}

function clamped(value: bigint, least: bigint): bigint {
  if (value < least) return least
  return value > MAX_INT64 ? MAX_INT64 : value
}
