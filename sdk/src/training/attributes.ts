import type { Emitted } from '../catalogue/emitted.ts'
import type { RunState } from './state.ts'
import { isFiniteNumber, type StepRecord } from './step.ts'

/** Attributes of the event of one step. */
export function stepAttributes(record: StepRecord): Emitted {
  const attributes: Emitted = {
    'training.step.index': record.step,
    'training.step.loss': record.loss,
    'training.step.learning_rate': record.learningRate,
    'training.step.gradient_norm': record.gradientNorm,
    'training.step.tokens': record.tokens,
    'training.step.samples': record.samples,
    'training.step.memory': record.memory,
  }
  for (const [name, value] of Object.entries(record.metrics ?? {})) {
    attributes[`training.step.metric.${name}`] = value
  }
  return finite(attributes)
}

/** The totals of a run at one moment. */
export type Totals = Pick<
  RunState,
  'steps' | 'tokens' | 'samples' | 'losses' | 'lossSum' | 'checkpoints' | 'anomalyCount'
>

/** The totals that `summaryAttributes` counts from. */
export function totals(run: RunState): Totals {
  const { steps, tokens, samples, losses, lossSum, checkpoints, anomalyCount } = run
  return { steps, tokens, samples, losses, lossSum, checkpoints, anomalyCount }
}

/** What was done since `before`: attributes of an epoch or of the end of the run. */
export function summaryAttributes(run: RunState, before: Totals): Emitted {
  return finite({
    'training.summary.steps': run.steps - before.steps,
    'training.summary.tokens': (run.tokens ?? Number.NaN) - (before.tokens ?? 0),
    'training.summary.samples': (run.samples ?? Number.NaN) - (before.samples ?? 0),
    'training.summary.loss.mean': (run.lossSum - before.lossSum) / (run.losses - before.losses),
    'training.summary.loss.last': run.steps > before.steps ? run.last?.loss : undefined,
    'training.summary.checkpoints': run.checkpoints - before.checkpoints,
    'training.summary.anomalies': run.anomalyCount - before.anomalyCount,
  })
}

/** The numbers of an evaluation's result, by the name of the metric. */
export function metricsOf(result: unknown): readonly (readonly [string, number])[] {
  if (typeof result !== 'object' || result === null) return []
  return Object.entries(result).filter((entry): entry is [string, number] =>
    isFiniteNumber(entry[1]),
  )
}

function finite(attributes: Emitted): Emitted {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => isFiniteNumber(value)),
  ) as Emitted
}
