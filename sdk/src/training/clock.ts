/** Measures the time between steps. Evaluations and checkpoints stop it. All times are in milliseconds. */
export class StepClock {
  #last: number | undefined
  #pauses = 0
  #pausedAt = 0

  /** Ends a step: the seconds since the step before, if there was one. */
  lap(now: number): number | undefined {
    const seconds = this.#last === undefined ? undefined : (now - this.#last) / 1000
    this.#last = now
    return seconds
  }

  pause(now: number): void {
    if (this.#pauses === 0) this.#pausedAt = now
    this.#pauses += 1
  }

  resume(now: number): void {
    this.#pauses -= 1
    if (this.#pauses > 0 || this.#last === undefined) return
    // steps that went on during the pause have moved the clock already
    this.#last += now - Math.max(this.#pausedAt, this.#last)
  }

  /** Seconds since the last step; 0 while no step is due. */
  idle(now: number): number {
    return this.#last === undefined || this.#pauses > 0 ? 0 : (now - this.#last) / 1000
  }
}
