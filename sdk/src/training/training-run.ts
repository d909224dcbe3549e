import type { SpanContext } from '@opentelemetry/api'
import type { RunReference } from './config.ts'
import type { StepPhase } from './phases.ts'
import type { TrainingStep } from './step.ts'

/** A training run, as the loop sees it. Nothing in here throws but what the loop itself throws; its functions need no `this`. */
export interface TrainingRun extends RunReference {
  readonly id: string
  readonly name: string
  /** Of the span that started the run: for a checkpoint that is resumed from, or a child in another process. */
  readonly spanContext: SpanContext | undefined
  /** Records one optimizer step. Cheap: it makes no span, its metrics are read when they are exported. */
  readonly step: (step: TrainingStep) => void
  /** Does one phase of the step that goes on, and measures it. Returns what `work` returns. */
  readonly timed: <T>(phase: StepPhase, work: () => T) => T
  /** The same batches, of a loader of either kind; the time that the loop waits for them is `data_wait`. */
  readonly batches: <T>(loader: Iterable<T> | AsyncIterable<T>) => AsyncGenerator<Awaited<T>, void>
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
  /** Tells what the model generates by now: an event, where content is captured in events. */
  readonly sample: (sample: TrainingSample) => void
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

/** A text that the model in training generated. */
export interface TrainingSample {
  readonly output: string
  /** What it was asked to go on from. */
  readonly prompt?: string
}
