import type { AttributeName } from '../catalogue/attributes.ts'
import type { Metric } from '../metrics.ts'

const RUN: readonly AttributeName[] = ['training.run.id', 'training.run.name', 'training.rank']

// units in braces: for a gauge of unit `1` Prometheus would append `_ratio` to the name
const gauge = (
  name: string,
  unit: string,
  description: string,
  more: readonly AttributeName[] = [],
): Metric => ({ name, instrument: 'gauge', unit, description, attributes: [...RUN, ...more] })

const counter = (
  name: string,
  unit: string,
  description: string,
  more: readonly AttributeName[] = [],
): Metric => ({ name, instrument: 'counter', unit, description, attributes: [...RUN, ...more] })

export const info: Metric = gauge(
  'training.run.info',
  '{run}',
  'Always 1: what the run is, and what it was set to, to be joined with its other metrics.',
  [
    'training.run.parent.id',
    'training.model.name',
    'training.dataset.name',
    'training.hyperparameter.<key>',
  ],
)

export const loss: Metric = gauge('training.loss', '{loss}', 'Training loss of the last step.')

export const named: Metric = gauge(
  'training.metric',
  '{score}',
  'Any other number of the last step that had it.',
  ['training.metric.name'],
)

export const evaluation: Metric = gauge(
  'training.evaluation',
  '{score}',
  'Last value of an evaluation metric.',
  ['training.evaluation.name', 'training.metric.name'],
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

export const memory: Metric = gauge(
  'training.memory.usage',
  'By',
  'Memory that the training held where it computes, at the last step.',
)

export const utilization: Metric = gauge(
  'training.flops.utilization',
  '1',
  'Model FLOPs utilization: share of the peak that the last steps used.',
)

export const epoch: Metric = gauge(
  'training.epoch',
  '{epoch}',
  'Index of the running epoch, from 0.',
)

export const lastStep: Metric = gauge(
  'training.step.last',
  '{step}',
  'Index of the last step, from 0. A run that is resumed goes on where it was.',
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
  'Anomalies seen in a run, by what is wrong.',
  ['training.anomaly.type'],
)

export const stepTime: Metric = counter(
  'training.step.time',
  's',
  'Time of the steps by what they spent it on.',
  ['training.step.part'],
)

export const stepDuration: Metric = {
  name: 'training.step.duration',
  instrument: 'histogram',
  unit: 's',
  description:
    'Time from the end of one step to the end of the next, evaluations and checkpoints left out; of steps that are shorter than a millisecond, their mean over each millisecond.',
  attributes: RUN,
  boundaries: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
}
