import type { Attributes } from '@opentelemetry/api'
import type { RateLimit } from './answer-headers.ts'
import { modelAttributes, outcomeAttributes, rateLimitAttributes } from './attempt-attributes.ts'
import type { ErrorCategory } from '../calls/errors.ts'
import type { RateLimitKind } from './header-dialects.ts'
import { Kept } from '../kept.ts'
import { PathMap } from '../path-map.ts'
import { attempts, rateLimit, rateLimitRemaining, rateLimitReset } from './metrics-attempts.ts'

/** Attempts that came out in the same way. */
interface Outcomes {
  readonly attributes: Attributes
  count: number
}

/** What is kept of one provider's model. */
interface Model {
  readonly attributes: Attributes
  readonly outcomes: PathMap<[status: number | undefined, ErrorCategory | undefined], Outcomes>
  readonly limits: Map<RateLimitKind, { readonly attributes: Attributes; told: RateLimit }>
}

type Models = PathMap<[provider: string, model: string | undefined], Model>

// Far more than any application has: beyond it, what a client sends as a model is no model's name.
const MOST = 500

const OVERFLOW = 'otel.metric.overflow'

const kept = new Kept(
  [attempts, rateLimit, rateLimitRemaining, rateLimitReset],
  (): Models => new PathMap(),
  (models, observe) => {
    for (const { outcomes, limits } of models.values) {
      for (const { attributes, count } of outcomes.values) observe(attempts, count, attributes)
      for (const { attributes, told } of limits.values()) {
        if (told.limit !== undefined) observe(rateLimit, told.limit, attributes)
        if (told.remaining !== undefined) observe(rateLimitRemaining, told.remaining, attributes)
        if (told.reset !== undefined) observe(rateLimitReset, told.reset, attributes)
      }
    }
  },
)

export function countAttempt(
  provider: string,
  model: string | undefined,
  status: number | undefined,
  category: ErrorCategory | undefined,
): void {
  const { attributes, outcomes } = modelOf(provider, model)
  const known = outcomes.get(status, category)
  if (known) known.count += 1
  else {
    const added = { attributes: outcomeAttributes(attributes, status, category), count: 1 }
    outcomes.add(added, status, category)
  }
}

/** Keeps what a provider told last. What it did not tell this time stays as it was. */
export function keepRateLimits(
  provider: string,
  model: string | undefined,
  told: readonly RateLimit[],
): void {
  if (told.length === 0) return
  const { attributes, limits } = modelOf(provider, model)
  // nobody's limits are those of models that are not told apart
  if (OVERFLOW in attributes) return
  for (const limit of told) {
    const known = limits.get(limit.kind)
    if (known) known.told = latest(limit, known.told)
    else {
      limits.set(limit.kind, {
        attributes: rateLimitAttributes(attributes, limit.kind),
        told: limit,
      })
    }
  }
}

function latest(now: RateLimit, before: RateLimit): RateLimit {
  return {
    kind: now.kind,
    limit: now.limit ?? before.limit,
    remaining: now.remaining ?? before.remaining,
    reset: now.reset ?? before.reset,
  }
}

function modelOf(provider: string, model: string | undefined): Model {
  const models = kept.values
  const known = models.get(provider, model)
  if (known) return known
  if (models.values.length < MOST) {
    return models.add(asModel(modelAttributes(provider, model)), provider, model)
  }
  return (
    models.get(OVERFLOW, OVERFLOW) ?? models.add(asModel({ [OVERFLOW]: true }), OVERFLOW, OVERFLOW)
  )
}

function asModel(attributes: Attributes): Model {
  return { attributes, outcomes: new PathMap(), limits: new Map() }
}
