import type { Attributes } from '@opentelemetry/api'
import type { Attempt } from './attempt.ts'
import { failureAttributes, names, setAttribute } from '../attributes.ts'
import type { EmittedName } from '../catalogue/emitted.ts'
import type { ErrorCategory, Failure } from '../calls/errors.ts'
import type { RateLimitKind } from './header-dialects.ts'

/** Names of what is said of the HTTP requests under a call. */

export const attemptEvent = 'llmscope.attempt'

const REQUEST_ID = 'llmscope.provider.request_id'

interface RateLimitNames {
  readonly limit: EmittedName
  readonly remaining: EmittedName
  readonly reset: EmittedName
}

const rateLimitNames = (kind: RateLimitKind): RateLimitNames => ({
  limit: `llmscope.rate_limit.${kind}.limit`,
  remaining: `llmscope.rate_limit.${kind}.remaining`,
  reset: `llmscope.rate_limit.${kind}.reset`,
})

const RATE_LIMITS: Readonly<Record<RateLimitKind, RateLimitNames>> = {
  requests: rateLimitNames('requests'),
  tokens: rateLimitNames('tokens'),
  input_tokens: rateLimitNames('input_tokens'),
  output_tokens: rateLimitNames('output_tokens'),
}

/** Adds what a call's span says of its attempts: how often it was sent again, and what the last one was told. */
export function addAttempts(attributes: Attributes, attempts: readonly Attempt[]): void {
  const last = attempts.at(-1)
  if (!last) return
  set(attributes, names.resendCount, last.resend || undefined)
  set(attributes, names.httpStatus, last.failure?.status)
  set(attributes, REQUEST_ID, last.requestId)
  for (const { kind, limit, remaining, reset } of last.rateLimits) {
    set(attributes, RATE_LIMITS[kind].limit, limit)
    set(attributes, RATE_LIMITS[kind].remaining, remaining)
    set(attributes, RATE_LIMITS[kind].reset, reset)
  }
}

/** What the event of one failed attempt says. */
export function attemptAttributes(attempt: Attempt, failure: Failure): Attributes {
  const attributes: Attributes = failureAttributes(failure)
  set(attributes, names.resendCount, attempt.resend || undefined)
  set(attributes, names.httpStatus, attempt.status)
  set(attributes, REQUEST_ID, attempt.requestId)
  set(attributes, 'llmscope.attempt.duration', attempt.duration)
  set(attributes, 'llmscope.attempt.retry_after', attempt.retryAfter ?? failure.retryAfter)
  return attributes
}

/** Metric attributes of everything that is kept of one provider's model. */
export function modelAttributes(provider: string, model: string | undefined): Attributes {
  const attributes: Attributes = {}
  setAttribute(attributes, 'gen_ai.provider.name', provider)
  set(attributes, 'gen_ai.request.model', model)
  return attributes
}

export function outcomeAttributes(
  model: Attributes,
  status: number | undefined,
  category: ErrorCategory | undefined,
): Attributes {
  const attributes = { ...model }
  set(attributes, names.httpStatus, status)
  set(attributes, 'llmscope.error.category', category)
  return attributes
}

export function rateLimitAttributes(model: Attributes, kind: RateLimitKind): Attributes {
  return { ...model, 'llmscope.rate_limit.kind': kind }
}

function set(attributes: Attributes, name: EmittedName, value: string | number | undefined): void {
  if (value !== undefined) attributes[name] = value
}
