// the weight of what lies n steps back is this to the n-th
const FADE = 0.95

/** Tokens per second over the last steps, the newest ones most. */
export class Throughput {
  #tokens = 0
  #seconds = 0

  add(tokens: number, seconds: number): void {
    this.#tokens = this.#tokens * FADE + tokens
    this.#seconds = this.#seconds * FADE + seconds
  }

  get perSecond(): number {
    return this.#tokens / this.#seconds
  }
}
