import { setTimeout } from 'node:timers/promises'

/** How long a hosted model takes, in milliseconds, divided by `speed`. */
export class Pace {
  readonly #random: () => number
  readonly #speed: number

  constructor(random: () => number, speed: number) {
    this.#random = random
    this.#speed = speed
  }

  /** Waits until the first token would come: 150 to 600 ms, longer for a longer prompt. */
  firstToken(promptTokens: number, signal: AbortSignal): Promise<void> {
    return this.#wait(150 + 250 * Math.min(1, promptTokens / 4000) + 200 * this.#random(), signal)
  }

  /** One response's speed: 30 to 80 tokens a second. */
  tokensPerSecond(): number {
    return 30 + 50 * this.#random()
  }

  /** How many tokens the next chunk of a stream carries: 1 to 4. */
  chunkTokens(): number {
    return 1 + Math.floor(4 * this.#random())
  }

  /** Waits while `tokens` are generated. */
  generate(tokens: number, tokensPerSecond: number, signal: AbortSignal): Promise<void> {
    return this.#wait((1000 * tokens) / tokensPerSecond, signal)
  }

  /** What a rate-limited client is told to wait: 100 to 400 ms. */
  retryAfter(): number {
    return Math.ceil((100 + 300 * this.#random()) / this.#speed)
  }

  async #wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    await setTimeout(milliseconds / this.#speed, undefined, { signal })
  }
}
