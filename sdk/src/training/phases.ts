/** What a step spends its time on; `other` is what no phase was told of. */
export const PHASES = ['data_wait', 'forward', 'backward', 'optimizer'] as const

export type StepPhase = (typeof PHASES)[number]
export type StepPart = StepPhase | 'other'

/** Splits the time of steps by their phases. All times are in seconds. */
export class PhaseTimes {
  readonly totals: Map<StepPart, number> = new Map()
  #measured = 0

  /** Adds time of the step that is going on. */
  add(phase: StepPart, seconds: number): void {
    if (!(seconds > 0)) return
    this.totals.set(phase, (this.totals.get(phase) ?? 0) + seconds)
    this.#measured += seconds
  }

  /** Adds what was measured elsewhere. */
  addAll(seconds: Readonly<Partial<Record<StepPhase, number>>>): void {
    for (const phase of PHASES) this.add(phase, seconds[phase] ?? 0)
  }

  /** Ends a step that took `seconds`, if that is known: what no phase was told of is `other`. */
  close(seconds: number | undefined): void {
    if (seconds !== undefined) this.add('other', seconds - this.#measured)
    this.#measured = 0
  }
}
