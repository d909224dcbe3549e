import { type RateLimit, rateLimitsOf, requestIdOf, retryAfterOf } from './answer-headers.ts'
import type { Answer } from '../calls/adapter.ts'
import { failure, type Failure, failureOfStatus } from '../calls/errors.ts'
import { guard } from '../guard.ts'
import type { HeaderDialect } from './header-dialects.ts'
import type { PlainOutcome } from '../calls/promise.ts'

/** One HTTP request of a call's, from its start to the headers of its answer. */
export class Attempt implements PlainOutcome {
  /** When it came out, in milliseconds of `performance.now()`; absent while it is under way. */
  end: number | undefined
  status: number | undefined
  /** The provider's id of the request. */
  requestId: string | undefined
  rateLimits: readonly RateLimit[] = []
  failure: Failure | undefined
  /** Seconds that the provider asks to wait. Read of a failure only. */
  retryAfter: number | undefined
  /** How often the same request had been sent before. */
  readonly resend: number
  readonly #start: number = performance.now()
  readonly #dialect: HeaderDialect
  readonly #heard: (limits: readonly RateLimit[]) => void

  constructor(
    dialect: HeaderDialect,
    resend: number,
    heard: (limits: readonly RateLimit[]) => void,
  ) {
    this.resend = resend
    this.#dialect = dialect
    this.#heard = heard
  }

  /** Seconds from the request to its headers or its failure. */
  get duration(): number {
    return ((this.end ?? this.#start) - this.#start) / 1000
  }

  settle(value: unknown): void {
    this.end = performance.now()
    guard('attempt', () => this.#read((value ?? {}) as Answer))
  }

  fail(error: unknown): void {
    this.end = performance.now()
    this.failure = failure(error)
    this.status = this.failure.status
  }

  #read({ status, headers }: Answer): void {
    if (typeof status === 'number') {
      this.status = status
      if (status >= 400) this.failure = failureOfStatus(status)
    }
    if (typeof headers?.get !== 'function') return
    this.requestId = requestIdOf(headers, this.#dialect)
    if (this.failure) this.retryAfter = retryAfterOf(headers)
    this.rateLimits = rateLimitsOf(headers, this.#dialect)
    this.#heard(this.rateLimits)
  }
}
