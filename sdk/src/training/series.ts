import type { StepRecord } from './step.ts'

/**
 * Thins a series of steps while it is written. Each window of steps yields its lowest and its
 * highest loss; `budget` windows later, windows are twice as wide. So the first and the last step
 * and every extreme are kept, a million steps yield some thousand records, and memory is constant.
 */
export class StepSeries {
  readonly #budget: number
  readonly #emit: (record: StepRecord) => void
  #width = 1
  #windows = 0
  #open = 0
  #low: StepRecord | undefined
  #high: StepRecord | undefined
  #last: StepRecord | undefined

  constructor(budget: number, emit: (record: StepRecord) => void) {
    this.#budget = budget
    this.#emit = emit
  }

  add(record: StepRecord): void {
    if (this.#budget === 0) return
    this.#last = record
    this.#open += 1
    const { loss } = record
    if (loss !== undefined && !Number.isNaN(loss)) {
      if (this.#low?.loss === undefined || loss < this.#low.loss) this.#low = record
      if (this.#high?.loss === undefined || loss > this.#high.loss) this.#high = record
    }
    if (this.#open === this.#width) this.#close(this.#low ?? record)
  }

  /** Emits what the last window holds, the last step itself at the end. */
  end(): void {
    if (this.#open > 0) this.#close(this.#last)
  }

  #close(always: StepRecord | undefined): void {
    const kept = new Set([this.#low, this.#high, always])
    for (const record of [...kept].toSorted((a, b) => (a?.step ?? 0) - (b?.step ?? 0))) {
      if (record) this.#emit(record)
    }
    this.#open = 0
    this.#low = this.#high = this.#last = undefined
    this.#windows += 1
    if (this.#windows < this.#budget) return
    this.#windows = 0
    this.#width *= 2
  }
}
