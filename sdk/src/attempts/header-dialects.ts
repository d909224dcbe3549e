/** What a rate limit counts. Value of `llmscope.rate_limit.kind`. */
export type RateLimitKind = 'requests' | 'tokens' | 'input_tokens' | 'output_tokens'

/** The headers of one rate limit. */
export interface RateLimitHeaders {
  readonly kind: RateLimitKind
  readonly limit: string
  readonly remaining: string
  /** Of the time until the limit is whole again: seconds, a duration as `6m0s`, or a date. Not all tell it. */
  readonly reset?: string
}

/** The headers in which a provider tells of one HTTP request, and of what it allows. */
export interface HeaderDialect {
  /** Those that can hold the provider's id of the request: the first that is there counts. */
  readonly requestId: readonly string[]
  readonly rateLimits: readonly RateLimitHeaders[]
}

/** OpenAI, Azure, Groq, and most that speak their protocol. */
export const openaiHeaders: HeaderDialect = {
  requestId: ['x-request-id', 'apim-request-id'],
  rateLimits: (['requests', 'tokens'] as const).map((kind) => ({
    kind,
    limit: `x-ratelimit-limit-${kind}`,
    remaining: `x-ratelimit-remaining-${kind}`,
    reset: `x-ratelimit-reset-${kind}`,
  })),
}

/** Together: its limits are per second or minute, as the account's tier has it. */
export const togetherHeaders: HeaderDialect = {
  requestId: ['x-request-id'],
  rateLimits: (
    [
      ['requests', 'ratelimit'],
      ['tokens', 'tokenlimit'],
    ] as const
  ).map(([kind, name]) => ({
    kind,
    limit: `x-${name}-limit`,
    remaining: `x-${name}-remaining`,
    reset: `x-${name}-reset`,
  })),
}

/** Mistral: what a minute allows, and not when it is over. */
export const mistralHeaders: HeaderDialect = {
  requestId: ['mistral-correlation-id', 'x-kong-request-id'],
  rateLimits: (
    [
      ['requests', 'req'],
      ['tokens', 'tokens'],
    ] as const
  ).map(([kind, name]) => ({
    kind,
    limit: `x-ratelimit-limit-${name}-minute`,
    remaining: `x-ratelimit-remaining-${name}-minute`,
  })),
}

/** The Gemini API and Vertex AI: what they allow stands in the body of a refusal alone. */
export const googleHeaders: HeaderDialect = { requestId: [], rateLimits: [] }

/** The AWS SDK's services: what they allow is told nowhere. */
export const awsHeaders: HeaderDialect = { requestId: ['x-amzn-requestid'], rateLimits: [] }

const anthropicLimit = (kind: RateLimitKind): RateLimitHeaders => {
  const prefix = `anthropic-ratelimit-${kind.replace('_', '-')}`
  return {
    kind,
    limit: `${prefix}-limit`,
    remaining: `${prefix}-remaining`,
    reset: `${prefix}-reset`,
  }
}

export const anthropicHeaders: HeaderDialect = {
  requestId: ['request-id'],
  rateLimits: [
    anthropicLimit('requests'),
    anthropicLimit('tokens'),
    anthropicLimit('input_tokens'),
    anthropicLimit('output_tokens'),
  ],
}
