import { stepDuration } from '@llmscope/sdk/training-parts'
import type { Histogram } from '@opentelemetry/sdk-metrics'

/** How long steps took, as the histogram that is sent. */
export class Durations {
  readonly #boundaries: readonly number[] = stepDuration.boundaries ?? []
  readonly #counts: number[] = Array.from({ length: this.#boundaries.length + 1 }, () => 0)
  #sum = 0
  #count = 0

  /** Adds `steps` steps that took `seconds` each. */
  add(seconds: number, steps: number): void {
    const above = this.#boundaries.findIndex((boundary) => seconds <= boundary)
    const bucket = above < 0 ? this.#boundaries.length : above
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + steps
    this.#sum += seconds * steps
    this.#count += steps
  }

  get value(): Histogram | undefined {
    if (this.#count === 0) return undefined
    const buckets = { boundaries: [...this.#boundaries], counts: [...this.#counts] }
    return { buckets, sum: this.#sum, count: this.#count }
  }
}
