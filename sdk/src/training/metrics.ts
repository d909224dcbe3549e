import type { AttributeName } from '../catalogue/attributes.ts'
import type { Metric } from '../metrics.ts'

const RUN: readonly AttributeName[] = ['training.run.id', 'training.run.name']

// units in braces: for a gauge of unit `1` Prometheus would append `_ratio` to the name
const gauge = (
  name: string,
  unit: string,
  description: string,
  attributes: readonly AttributeName[] = RUN,
): Metric => ({
  name,
  instrument: 'gauge',
  unit,
  description,
  attributes,
})

const counter = (
  name: string,
  unit: string,
  description: string,
  attributes: readonly AttributeName[] = RUN,
): Metric => ({
  name,
  instrument: 'counter',
  unit,
  description,
  attributes,
})

export const loss: Metric = gauge('training.loss', '{loss}', 'Training loss of the last step.')

export const evaluation: Metric = gauge(
  'training.evaluation',
  '{score}',
  'Last value of an evaluation metric.',
  [...RUN, 'training.evaluation.name', 'training.metric.name'],
)

export const learningRate: Metric = gauge(
  'training.learning_rate',
  '{rate}',
  'Learning rate of the last step.',
)

export const gradientNorm: Metric = gauge(
  'training.gradient.norm',
  '{norm}',
  'Global gradient norm of the last step, before clipping.',
)

export const epoch: Metric = gauge(
  'training.epoch',
  '{epoch}',
  'Index of the running epoch, from 0.',
)

export const steps: Metric = counter('training.steps', '{step}', 'Optimizer steps done.')

export const tokens: Metric = counter('training.tokens', '{token}', 'Tokens trained on.')

export const samples: Metric = counter('training.samples', '{sample}', 'Samples trained on.')

export const checkpoints: Metric = counter(
  'training.checkpoints',
  '{checkpoint}',
  'Checkpoints written.',
)

export const anomalies: Metric = counter(
  'training.anomalies',
  '{anomaly}',
  'Anomalies seen in a run: nan, spike, divergence, plateau, stall.',
  [...RUN, 'training.anomaly.type'],
)

export const stepDuration: Metric = {
  name: 'training.step.duration',
  instrument: 'histogram',
  unit: 's',
  description:
    'Time from the end of one step to the end of the next, evaluations and checkpoints left out.',
  attributes: RUN,
  boundaries: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
}
