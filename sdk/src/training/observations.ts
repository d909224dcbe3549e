import type { Emitted } from '../catalogue/emitted.ts'
import type { Metric } from '../metrics.ts'
import * as catalogue from './metrics.ts'
import type { RunState } from './state.ts'
import { isFiniteNumber } from './step.ts'

/** One number of a run at one moment. */
export interface Observation {
  readonly metric: Metric
  readonly value: number
  readonly attributes: Emitted
}

type Read = (run: RunState) => number | undefined

const SINGLE: readonly (readonly [Metric, Read])[] = [
  [catalogue.loss, ({ last }) => last?.loss],
  [catalogue.learningRate, ({ last }) => last?.learningRate],
  [catalogue.gradientNorm, ({ last }) => last?.gradientNorm],
  [catalogue.memory, ({ last }) => last?.memory],
  [catalogue.lastStep, ({ last }) => last?.step],
  [catalogue.utilization, ({ utilization }) => utilization],
  [catalogue.epoch, ({ epoch }) => epoch],
  [catalogue.steps, ({ steps }) => steps],
  [catalogue.tokens, ({ tokens }) => tokens],
  [catalogue.samples, ({ samples }) => samples],
  [catalogue.checkpoints, ({ checkpoints }) => checkpoints],
]

/** Every metric that is observed; only the time of a step is recorded when it happens. */
export const OBSERVED: readonly Metric[] = Object.values<Metric>(catalogue).filter(
  ({ instrument }) => instrument !== 'histogram',
)

/** Everything that can be told of a run at this moment, without what is no finite number. */
export function* observations(run: RunState): Iterable<Observation> {
  for (const observation of all(run)) if (isFiniteNumber(observation.value)) yield observation
}

function* all(run: RunState): Iterable<Observation> {
  const { attributes } = run
  yield { metric: catalogue.info, value: 1, attributes: run.info }
  for (const [metric, read] of SINGLE) {
    yield { metric, value: read(run) ?? Number.NaN, attributes }
  }
  for (const named of run.named.values()) yield { metric: catalogue.named, ...named }
  for (const named of run.evaluations.values()) yield { metric: catalogue.evaluation, ...named }
  for (const named of run.anomalies.values()) yield { metric: catalogue.anomalies, ...named }
  for (const [part, value] of run.phases.totals) {
    const labels = { ...attributes, 'training.step.part': part }
    yield { metric: catalogue.stepTime, value, attributes: labels }
  }
}
