import { trainingMetrics } from '@llmscope/sdk/catalogue'
import { type Scope, type Variable, scope } from '../scope.ts'

export const trainingVariables: readonly Variable[] = [
  {
    name: 'run',
    label: 'Run',
    metric: trainingMetrics.loss,
    attribute: 'training.run.name',
  },
]

/** Metrics of training runs under the choice of runs. */
export const training: Scope = scope(trainingVariables)

/** Two runs can have one name. */
export const RUN: readonly string[] = ['training.run.name', 'training.run.id']
export const RUN_LEGEND = '{{training_run_name}} {{training_run_id}}'

export const NO_RUNS = 'No training run reported in this time range'
