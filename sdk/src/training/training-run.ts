import type { TrainingStep } from './step.ts'

/** A training run, as the loop sees it. Nothing in here throws but what the loop itself throws; its functions need no `this`. */
export interface TrainingRun {
  readonly id: string
  readonly name: string
  /** Records one optimizer step. Cheap: it makes no span, its metrics are read when they are exported. */
  readonly step: (step: TrainingStep) => void
  /** Runs one pass over the data in a span, and returns what `train` returns. */
  readonly epoch: <T>(index: number, train: (epoch: TrainingEpoch) => T | Promise<T>) => Promise<T>
  /**
   * Runs an evaluation in a span, and returns what `evaluate` returns: the numbers of that object
   * become `training.evaluation`, each by its own name.
   */
  readonly evaluation: <T>(name: string, evaluate: () => T | Promise<T>) => Promise<T>
  /** Writes a checkpoint in a span, and counts it if `write` succeeds. */
  readonly checkpoint: <T>(
    checkpoint: TrainingCheckpoint,
    write: () => T | Promise<T>,
  ) => Promise<T>
}

/** One epoch of a run. */
export interface TrainingEpoch {
  readonly index: number
  /** The same as the run's. */
  readonly step: (step: TrainingStep) => void
}

/** Which checkpoint is written. */
export interface TrainingCheckpoint {
  /** Index of the step whose state is saved; the last step's where nothing is given. */
  readonly step?: number
  readonly path?: string
}
