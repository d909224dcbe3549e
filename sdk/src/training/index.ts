import { guard } from '../guard.ts'
import { noteWork } from '../report.ts'
import type { TrainingRunConfig } from './config.ts'
import { plan } from './plan.ts'
import { Run } from './run.ts'
import type { TrainingRun } from './training-run.ts'
import { untracedRun } from './untraced-run.ts'

export type {
  Distribution,
  Flops,
  HealthConfig,
  Resumption,
  RunReference,
  TrainingRunConfig,
} from './config.ts'
export type { Hyperparameters } from './hyperparameters.ts'
export type { StepPhase } from './phases.ts'
export type { TrainingStep } from './step.ts'
export { tensorflowCallback } from './tensorflow.ts'
export type { TensorflowCallback, TensorflowFacts } from './tensorflow.ts'
export type {
  TrainingCheckpoint,
  TrainingEpoch,
  TrainingRun,
  TrainingSample,
} from './training-run.ts'

/**
 * Runs a training loop and returns its result. The run becomes a span at its start and one at its
 * end, a span for each epoch, evaluation and checkpoint, metrics for every step, events for
 * anomalies and for a thinned-out series of steps.
 *
 * Rejects with a `TypeError` that names the field if `config` is wrong, before the loop starts;
 * after that only with what the loop itself throws.
 *
 * @example
 * await trainingRun({ name: 'tiny', hyperparameters: { learningRate: 3e-4 } }, async (run) => {
 *   for await (const batch of batches) run.step({ loss: train(batch), tokens: batch.length })
 *   await run.evaluation('validation', () => ({ loss: evaluate() }))
 * })
 */
export async function trainingRun<T>(
  config: TrainingRunConfig,
  train: (run: TrainingRun) => T | Promise<T>,
): Promise<T> {
  const checked = plan(config)
  if (typeof train !== 'function') {
    throw new TypeError(
      "trainingRun: the second argument must be the loop; write trainingRun({ name: 'tiny' }, async (run) => { … })",
    )
  }
  guard('report', () => noteWork(false))
  const run = guard('training.start', () => new Run(checked))
  let result: T
  try {
    result = await train(run ?? untracedRun(checked))
  } catch (error) {
    guard('training.end', () => run?.finish({ error }))
    throw error
  }
  guard('training.end', () => run?.finish())
  return result
}
