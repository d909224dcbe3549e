import type { Outlet } from './outlet.ts'
import { type RunFacts, ToolRun } from './tool-run.ts'

const MOST_RUNS = 1000
const SETTLE_MS = 200

/** All runs that tools tell of. */
export class Runs {
  readonly #outlet: Outlet
  readonly #runs = new Map<string, ToolRun>()
  readonly #timers: readonly NodeJS.Timeout[]

  /** Tells what is counted every `intervalMs`. */
  constructor(outlet: Outlet, intervalMs: number) {
    this.#outlet = outlet
    this.#timers = [
      setInterval(() => this.#each((run) => run.settle()), SETTLE_MS).unref(),
      setInterval(() => this.#each((run) => run.snapshot()), intervalMs).unref(),
    ]
  }

  /** The run of this id: the one that is known, or, where that has ended, the same one that goes on. */
  open(facts: RunFacts): ToolRun {
    const known = this.#runs.get(facts.id)
    if (known && !known.ended) return known
    const resumedAt = known?.lastStep ?? facts.resumedAt
    const run = new ToolRun(
      { ...facts, ...(resumedAt !== undefined && { resumedAt }) },
      this.#outlet,
    )
    if (known) this.#runs.delete(facts.id)
    this.#makeRoom()
    this.#runs.set(facts.id, run)
    return run
  }

  /** Tells all that is known, and ends to watch. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#each((run) => {
      run.flush()
      run.snapshot()
    })
  }

  #each(tell: (run: ToolRun) => void): void {
    for (const run of this.#runs.values()) tell(run)
  }

  #makeRoom(): void {
    if (this.#runs.size < MOST_RUNS) return
    const [quietest] = [...this.#runs.values()].toSorted(
      (left, right) => Number(right.ended) - Number(left.ended) || left.heardAt - right.heardAt,
    )
    if (!quietest) return
    quietest.leave()
    this.#runs.delete(quietest.facts.id)
  }
}
