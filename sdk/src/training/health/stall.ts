import { guard } from '../../guard.ts'
import type { HealthConfig } from '../config.ts'
import type { Evidence } from './detector.ts'

const KEPT = 64
const ENOUGH = 5

/** Notices that steps have stopped coming. It looks by a timer that does not keep the process alive. */
export class StallWatch {
  readonly #idle: () => number
  readonly #limits: Required<HealthConfig>
  readonly #report: (evidence: Evidence) => void
  readonly #durations = new Float64Array(KEPT)
  #steps = 0
  #reported = false
  #timer: NodeJS.Timeout | undefined

  constructor(
    idle: () => number,
    limits: Required<HealthConfig>,
    report: (evidence: Evidence) => void,
  ) {
    this.#idle = idle
    this.#limits = limits
    this.#report = report
    if (limits.stallFactor === Infinity || limits.stallSeconds === Infinity) return
    // four looks in the shortest stall; a timer cannot wait longer than 2^31 ms
    const interval = Math.min(limits.stallSeconds * 250, 60_000)
    this.#timer = setInterval(() => {
      guard('training.stall', () => this.#look(this.#idle()))
    }, interval).unref()
  }

  /** A step was done, `seconds` after the one before. */
  step(seconds: number): void {
    // a loop that blocked the event loop kept the timer from looking
    if (seconds > this.#limits.stallSeconds) this.#look(seconds)
    this.#reported = false
    this.#durations[this.#steps % KEPT] = seconds
    this.#steps += 1
  }

  end(): void {
    clearInterval(this.#timer)
  }

  #look(idle: number): void {
    if (this.#reported || this.#steps < ENOUGH || idle <= this.#limits.stallSeconds) return
    const kept = this.#durations.slice(0, this.#steps).toSorted()
    const median = kept[kept.length >> 1] ?? Infinity
    if (idle <= this.#limits.stallFactor * median) return
    this.#reported = true
    this.#report({ idle_seconds: idle, median_step_seconds: median })
  }
}
