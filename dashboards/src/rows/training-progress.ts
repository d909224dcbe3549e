import { trainingMetrics } from '@llmscope/sdk/catalogue'
import { graph } from '../kit.ts'
import { increase, latest, orZero } from '../queries.ts'
import type { Row } from '../row.ts'
import { NO_RUNS, RUN, RUN_LEGEND, training } from '../scopes/training.ts'

export const trainingProgress: Row = {
  title: 'Progress',
  panels: [
    graph({
      title: 'Loss',
      description: 'Training loss of the last step, run against run.',
      unit: 'short',
      queries: { [RUN_LEGEND]: latest('max', training(trainingMetrics.loss), RUN) },
      fromZero: false,
      width: 12,
      empty: NO_RUNS,
    }),
    graph({
      title: 'Evaluation',
      description: 'Last value of every metric that the runs evaluate.',
      unit: 'short',
      queries: {
        [`{{training_evaluation_name}} {{training_metric_name}} ${RUN_LEGEND}`]: latest(
          'max',
          training(trainingMetrics.evaluation),
          ['training.evaluation.name', 'training.metric.name', ...RUN],
        ),
      },
      fromZero: false,
      width: 12,
      empty: 'No training run was evaluated in this time range',
    }),
    graph({
      title: 'Learning rate',
      description: 'Learning rate of the last step: the schedule as it really ran.',
      unit: 'sci',
      queries: { [RUN_LEGEND]: latest('max', training(trainingMetrics.learningRate), RUN) },
      empty: NO_RUNS,
    }),
    graph({
      title: 'Gradient norm',
      description:
        'Global gradient norm of the last step, before clipping. A rise comes before a divergence.',
      unit: 'short',
      queries: { [RUN_LEGEND]: latest('max', training(trainingMetrics.gradientNorm), RUN) },
      empty: NO_RUNS,
    }),
    graph({
      title: 'Anomalies',
      description:
        'NaN, spikes, divergence, plateaus and stalls that were seen. 0 means a healthy run.',
      unit: 'short',
      queries: {
        [`{{training_anomaly_type}} ${RUN_LEGEND}`]: orZero(
          increase(training(trainingMetrics.anomalies), ['training.anomaly.type', ...RUN]),
          increase(training(trainingMetrics.steps), RUN),
        ),
      },
      empty: NO_RUNS,
    }),
  ],
}
