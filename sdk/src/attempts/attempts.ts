import type { Attributes, Span } from '@opentelemetry/api'
import { addAttempts, attemptAttributes, attemptEvent } from './attempt-attributes.ts'
import { countAttempt, keepRateLimits } from './attempt-metrics.ts'
import { Attempt } from './attempt.ts'
import type { Failure } from '../calls/errors.ts'
import type { HeaderDialect } from './header-dialects.ts'

/** The HTTP requests of one call, in the order in which they began. */
export class Attempts {
  readonly #all: Attempt[] = []
  readonly #provider: string
  readonly #model: string | undefined

  constructor(provider: string, model: string | undefined) {
    this.#provider = provider
    this.#model = model
  }

  begin(dialect: HeaderDialect, resend: number = this.#all.length): Attempt {
    const attempt = new Attempt(dialect, resend, (limits) => {
      keepRateLimits(this.#provider, this.#model, limits)
    })
    this.#all.push(attempt)
    return attempt
  }

  /** Adds what a call's span says of them. */
  tell(attributes: Attributes): void {
    addAttempts(attributes, this.#all)
  }

  /** Adds an event for every one that failed. `call` is the failure of the call, if it failed. */
  describe(span: Span, call: Failure | undefined): void {
    for (const [index, attempt] of this.#all.entries()) {
      const failure = this.#failureOf(index, call)
      if (failure) span.addEvent(attemptEvent, attemptAttributes(attempt, failure), attempt.end)
    }
  }

  count(call: Failure | undefined): void {
    for (const [index, { status, end }] of this.#all.entries()) {
      if (end === undefined) continue
      countAttempt(this.#provider, this.#model, status, this.#failureOf(index, call)?.category)
    }
  }

  #failureOf(index: number, call: Failure | undefined): Failure | undefined {
    const failure = this.#all[index]?.failure
    if (!failure) return undefined
    // the call has read the body of the last answer, and knows who aborted
    if (index === this.#all.length - 1)
      return call ? { ...failure, category: call.category, retryAfter: call.retryAfter } : failure
    // a client that tries again was not told to stop: it gave the attempt up itself
    return failure.category === 'cancelled' ? { ...failure, category: 'timeout' } : failure
  }
}
