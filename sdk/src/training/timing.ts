import { guard } from '../guard.ts'
import type { PhaseTimes, StepPhase } from './phases.ts'
import type { TrainingRun } from './training-run.ts'

/** Measures the phases of steps while they are done. */
export class Timing implements Pick<TrainingRun, 'timed' | 'batches'> {
  readonly #phases: PhaseTimes

  constructor(phases: PhaseTimes) {
    this.#phases = phases
  }

  readonly timed = <T>(phase: StepPhase, work: () => T): T => {
    const started = guard('training.phase', () => performance.now())
    let result: T
    try {
      result = work()
    } catch (error) {
      guard('training.phase', () => this.#add(phase, started))
      throw error
    }
    return guard('training.phase', () => this.#settled(phase, started, result)) ?? result
  }

  readonly batches = <T>(
    loader: Iterable<T> | AsyncIterable<T>,
  ): AsyncGenerator<Awaited<T>, void> => batchesOf(loader, this.#waited)

  // the phase of a promise lasts until it is settled
  #settled<T>(phase: StepPhase, started: number | undefined, result: T): T {
    const end = (): void => {
      guard('training.phase', () => this.#add(phase, started))
    }
    if (result instanceof Promise) return result.finally(end) as T
    end()
    return result
  }

  readonly #waited: Waited = (started) =>
    guard('training.phase', () => this.#add('data_wait', started))

  #add(phase: StepPhase, started: number | undefined): void {
    if (started !== undefined) this.#phases.add(phase, (performance.now() - started) / 1000)
  }
}

type Waited = (started: number | undefined) => void

async function* batchesOf<T>(
  loader: Iterable<T> | AsyncIterable<T>,
  waited: Waited,
): AsyncGenerator<Awaited<T>, void> {
  let started = guard('training.phase', () => performance.now())
  for await (const batch of loader) {
    guard('training.phase', () => waited(started))
    yield batch
    started = guard('training.phase', () => performance.now())
  }
  guard('training.phase', () => waited(started))
}
