import type { Emitted } from '../catalogue/emitted.ts'
import type { Metric } from '../metrics.ts'
import * as catalogue from './metrics.ts'
import type { RunState } from './state.ts'
import { isFiniteNumber, type StepRecord } from './step.ts'

/** One number of a run at one moment. */
export interface Observation {
  readonly metric: Metric
  readonly value: number
  readonly attributes: Emitted
}

type Read = (run: RunState) => number | undefined

const OF_STEP: readonly (readonly [Metric, (step: StepRecord) => number | undefined])[] = [
  [catalogue.loss, ({ loss }) => loss],
  [catalogue.learningRate, ({ learningRate }) => learningRate],
  [catalogue.gradientNorm, ({ gradientNorm }) => gradientNorm],
  [catalogue.memory, ({ memory }) => memory],
  [catalogue.lastStep, ({ step }) => step],
]

const OF_RUN: readonly (readonly [Metric, Read])[] = [
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

/** What can be told of a step by itself: its gauges, each with the attributes of its run. */
export function* stepObservations(step: StepRecord, attributes: Emitted): Iterable<Observation> {
  for (const [metric, read] of OF_STEP) {
    const value = read(step)
    if (isFiniteNumber(value)) yield { metric, value, attributes }
  }
  for (const [name, value] of Object.entries(step.metrics ?? {})) {
    const labels = { ...attributes, 'training.metric.name': name }
    if (isFiniteNumber(value)) yield { metric: catalogue.named, value, attributes: labels }
  }
}

function* all(run: RunState): Iterable<Observation> {
  const { attributes, last } = run
  yield { metric: catalogue.info, value: 1, attributes: run.info }
  for (const [metric, read] of OF_STEP) {
    yield { metric, value: (last && read(last)) ?? Number.NaN, attributes }
  }
  for (const [metric, read] of OF_RUN) {
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
