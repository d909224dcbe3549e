// Small, so that a demonstration uses a part that can be seen.
const REQUESTS_PER_MINUTE = 60
const TOKENS_PER_MINUTE = 20_000

/** What the rate-limit headers tell, and refuse nobody for: one quota for all models. */
export class Quota {
  readonly requests = new Allowance(REQUESTS_PER_MINUTE)
  readonly tokens = new Allowance(TOKENS_PER_MINUTE)

  /** The headers that OpenAI sends. */
  headers(): Map<string, string> {
    return new Map([...headersOf('requests', this.requests), ...headersOf('tokens', this.tokens)])
  }
}

/** An amount a minute; what is spent comes back bit by bit. */
class Allowance {
  readonly limit: number
  #used = 0
  #since = performance.now()

  constructor(limit: number) {
    this.limit = limit
  }

  spend(amount: number): void {
    this.#used = Math.min(this.limit, this.used + amount)
    this.#since = performance.now()
  }

  get used(): number {
    const regained = (this.limit * (performance.now() - this.#since)) / 60_000
    return Math.max(0, this.#used - regained)
  }
}

function headersOf(kind: string, { limit, used }: Allowance): [string, string][] {
  return [
    [`x-ratelimit-limit-${kind}`, String(limit)],
    [`x-ratelimit-remaining-${kind}`, String(Math.floor(limit - used))],
    [`x-ratelimit-reset-${kind}`, duration((60_000 * used) / limit)],
  ]
}

/** As OpenAI writes it: `120ms`, `8.64s`. */
function duration(time: number): string {
  const milliseconds = Math.ceil(time)
  return milliseconds < 1000 ? `${milliseconds}ms` : `${milliseconds / 1000}s`
}
