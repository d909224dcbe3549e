/**
 * What a training run is made of, for whoever tells of one in the place of the loop itself, as the receivers of
 * `@llmscope/host-agent` do. Parts of llmscope share it; an application wants `trainingRun`.
 */
export type { Emitted } from './catalogue/emitted.ts'
export type { Metric } from './metrics.ts'
export { summaryAttributes, totals, type Totals } from './training/attributes.ts'
export type { RunReference, TrainingRunConfig } from './training/config.ts'
export type { Hyperparameters } from './training/hyperparameters.ts'
export { RunJournal, type RunEvent, SEVERITIES } from './training/journal.ts'
export { epoch, evaluation, info, lastStep, stepDuration } from './training/metrics.ts'
export { type Observation, observations, stepObservations } from './training/observations.ts'
export { plan, type RunPlan } from './training/plan.ts'
export type { RunState } from './training/state.ts'
export { isFiniteNumber, type StepRecord } from './training/step.ts'
