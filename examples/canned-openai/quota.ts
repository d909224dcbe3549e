const LIMIT = 10_000
const MINUTE = 60_000

/** The request quota that the rate-limit headers report. */
export interface QuotaState {
  readonly limit: number
  readonly remaining: number
  readonly resetSeconds: number
}

/** Counts the requests of the running minute. */
export class Quota {
  #start = 0
  #used = 0

  take(): QuotaState {
    const now = Date.now()
    if (now - this.#start >= MINUTE) {
      this.#start = now
      this.#used = 0
    }
    this.#used += 1
    const resetSeconds = Math.ceil((this.#start + MINUTE - now) / 1000)
    return { limit: LIMIT, remaining: Math.max(0, LIMIT - this.#used), resetSeconds }
  }
}
