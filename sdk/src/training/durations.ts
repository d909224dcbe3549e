import type { Attributes } from '@opentelemetry/api'
import { measure } from '../measure.ts'
import { stepDuration } from './metrics.ts'

// a record in a histogram costs as much as all else of a step: steps may be that short
const SHORTEST = 0.001

/** Records how long steps take; of steps that are shorter than a millisecond, their mean over each. */
export class StepDurations {
  readonly #attributes: Attributes
  #seconds = 0
  #steps = 0

  constructor(attributes: Attributes) {
    this.#attributes = attributes
  }

  add(seconds: number): void {
    this.#seconds += seconds
    this.#steps += 1
    if (this.#seconds >= SHORTEST) this.flush()
  }

  flush(): void {
    if (this.#steps === 0) return
    measure(stepDuration, this.#seconds / this.#steps, this.#attributes)
    this.#seconds = this.#steps = 0
  }
}
