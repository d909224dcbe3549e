import { trainingMetrics } from '@llmscope/sdk/catalogue'
import { graph } from '../kit.ts'
import { increase, latest, quantile, rate } from '../queries.ts'
import type { Row } from '../row.ts'
import { NO_RUNS, RUN, RUN_LEGEND, training } from '../scopes/training.ts'

const steps = training(trainingMetrics.stepDuration)

export const trainingSpeed: Row = {
  title: 'Speed',
  panels: [
    graph({
      title: 'Tokens per second',
      description: 'Tokens trained on per second.',
      unit: 'short',
      queries: { [RUN_LEGEND]: rate(training(trainingMetrics.tokens), RUN) },
      empty: 'No training run that counts tokens in this time range',
    }),
    graph({
      title: 'Steps per second',
      description: 'Optimizer steps done per second.',
      unit: 'short',
      queries: { [RUN_LEGEND]: rate(training(trainingMetrics.steps), RUN) },
      empty: NO_RUNS,
    }),
    graph({
      title: 'Step time',
      description:
        'Median and p95 of the time from step to step. A gap between them is a stutter: input, checkpoint, neighbour.',
      unit: 's',
      queries: {
        [`p50 ${RUN_LEGEND}`]: quantile(0.5, steps, RUN),
        [`p95 ${RUN_LEGEND}`]: quantile(0.95, steps, RUN),
      },
      empty: NO_RUNS,
    }),
    graph({
      title: 'Epoch',
      description: 'Index of the running epoch, from 0.',
      unit: 'short',
      queries: { [RUN_LEGEND]: latest('max', training(trainingMetrics.epoch), RUN) },
      width: 12,
      empty: NO_RUNS,
    }),
    graph({
      title: 'Checkpoints',
      description: 'Checkpoints written, each a peak.',
      unit: 'short',
      queries: { [RUN_LEGEND]: increase(training(trainingMetrics.checkpoints), RUN) },
      width: 12,
      empty: 'No training run wrote a checkpoint in this time range',
    }),
  ],
}
