import type { HeaderDialect, RateLimitHeaders, RateLimitKind } from './header-dialects.ts'

/** Headers of an answer, whatever class the application's `fetch` makes them of. */
export interface Headers {
  get(name: string): string | null
}

/** What a provider allows, as far as it told. */
export interface RateLimit {
  readonly kind: RateLimitKind
  readonly limit: number | undefined
  readonly remaining: number | undefined
  /** Seconds until all of it is there again. */
  readonly reset: number | undefined
}

/** What is longer is no time that anybody waits for. */
const LONGEST = 366 * 86_400

const ID = /^[!-~]{1,128}$/
const COUNT = /^\d{1,15}$/
const NUMBER = /^\d+(\.\d+)?$/
const DURATION = /^(\d+(\.\d+)?(ms|[smhd]))+$/
const PIECE = /([\d.]+)(ms|[smhd])/g
const DATE = /^(\d{4}-\d\d-\d\dT|[A-Z][a-z]{2}, )/

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }

/** The provider's id of a request. */
export function requestIdOf(headers: Headers, dialect: HeaderDialect): string | undefined {
  for (const name of dialect.requestId) {
    const id = headers.get(name)
    if (typeof id === 'string' && ID.test(id)) return id
  }
  return undefined
}

/** The rate limits that an answer tells of. What is no number is left out. */
export function rateLimitsOf(headers: Headers, dialect: HeaderDialect): RateLimit[] {
  const told: RateLimit[] = []
  for (const names of dialect.rateLimits) {
    const limit = rateLimitOf(headers, names)
    if (limit) told.push(limit)
  }
  return told
}

/** Seconds that the provider asks to wait before the next attempt. */
export function retryAfterOf(headers: Headers): number | undefined {
  const milliseconds = headers.get('retry-after-ms')
  if (typeof milliseconds === 'string' && NUMBER.test(milliseconds)) {
    return plausible(Number(milliseconds) / 1000)
  }
  return secondsOf(headers.get('retry-after'))
}

function rateLimitOf(headers: Headers, names: RateLimitHeaders): RateLimit | undefined {
  const limit = count(headers.get(names.limit))
  const remaining = count(headers.get(names.remaining))
  // a time alone limits nothing
  if ((limit ?? remaining) === undefined) return undefined
  const reset = names.reset === undefined ? undefined : secondsOf(headers.get(names.reset))
  return { kind: names.kind, limit, remaining, reset }
}

function count(text: unknown): number | undefined {
  return typeof text === 'string' && COUNT.test(text) ? Number(text) : undefined
}

/** A time in seconds: a number, a duration as `6m0s`, or a date to come. */
export function secondsOf(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined
  if (NUMBER.test(text)) return plausible(Number(text))
  if (DURATION.test(text)) return plausible(durationOf(text))
  if (!DATE.test(text)) return undefined
  return plausible(Math.max(0, (Date.parse(text) - Date.now()) / 1000))
}

function durationOf(text: string): number {
  let sum = 0
  for (const [, value, unit = ''] of text.matchAll(PIECE)) {
    sum += Number(value) * (SECONDS[unit] ?? NaN)
  }
  return sum
}

function plausible(time: number): number | undefined {
  return time <= LONGEST ? time : undefined
}
