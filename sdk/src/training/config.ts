import type { Attributes } from '@opentelemetry/api'
import { hyperparameterAttributes, type Hyperparameters } from './hyperparameters.ts'

/** What a run is and how it is watched. */
export interface TrainingRunConfig {
  /** What this run is an attempt at; shared by the runs that are to be compared. */
  readonly name: string
  /** Unique among all runs; a random UUID where nothing is given. */
  readonly id?: string
  /** Recorded as `training.hyperparameter.<key>`; nested objects as `<key>.<key>`. */
  readonly hyperparameters?: Hyperparameters
  readonly model?: { readonly name: string; readonly parameters?: number }
  readonly dataset?: { readonly name: string; readonly samples?: number; readonly tokens?: number }
  /**
   * How many steps become an event each. After that many, an event stands for 2 steps, then for 4,
   * and so on, so that a long run stays bounded. 0 emits none. Default 256.
   */
  readonly stepEvents?: number
  readonly health?: HealthConfig
}

/** When a run is reported as unwell. `Infinity` turns a check off. */
export interface HealthConfig {
  /** Robust z-score from which a loss is a spike. Default 10. */
  readonly spikeScore?: number
  /** Robust deviations that the median loss must have risen above its best. Default 5. */
  readonly divergenceScore?: number
  /** Steps over which the mean loss must fall; a quarter of a longer run. Default 1000. */
  readonly plateauSteps?: number
  /** Median step times without a step. Default 10. */
  readonly stallFactor?: number
  /** Seconds without a step that are never a stall. Default 10. */
  readonly stallSeconds?: number
}

/** A configuration that was checked and completed. */
export interface RunPlan {
  readonly name: string
  readonly id: string
  /** Attributes of the span that starts the run. */
  readonly facts: Attributes
  readonly stepEvents: number
  readonly health: Required<HealthConfig>
}

const HEALTH: Required<HealthConfig> = {
  spikeScore: 10,
  divergenceScore: 5,
  plateauSteps: 1000,
  stallFactor: 10,
  stallSeconds: 10,
}

/** Checks a configuration. Throws a `TypeError` that names the field and says what to write. */
export function plan(config: TrainingRunConfig): RunPlan {
  requireObject(config, 'the configuration', "{ name: 'tiny-transformer' }")
  const { name, id, stepEvents = 256 } = config
  requireText(name, 'name', "name: 'tiny-transformer'")
  if (id !== undefined) requireText(id, 'id', "id: 'run-42', or leave it out")
  if (!Number.isInteger(stepEvents) || stepEvents < 0) {
    throw invalid('stepEvents', 'a whole number from 0', 'stepEvents: 256')
  }
  return {
    name,
    id: id ?? crypto.randomUUID(),
    facts: {
      ...subjectAttributes('model', config.model, ['parameters']),
      ...subjectAttributes('dataset', config.dataset, ['samples', 'tokens']),
      ...hyperparameterAttributes(config.hyperparameters),
    },
    stepEvents,
    health: completeHealth(config.health),
  }
}

function subjectAttributes<Count extends string>(
  field: string,
  subject: ({ readonly name: string } & { readonly [key in Count]?: number }) | undefined,
  counts: readonly Count[],
): Attributes {
  if (subject === undefined) return {}
  requireObject(subject, field, `${field}: { name: 'tiny' }`)
  requireText(subject.name, `${field}.name`, `${field}: { name: 'tiny' }`)
  const attributes: Attributes = { [`training.${field}.name`]: subject.name }
  for (const count of counts) {
    const value = subject[count]
    if (value === undefined) continue
    if (!Number.isFinite(value)) throw invalid(`${field}.${count}`, 'a number', `${count}: 1000`)
    attributes[`training.${field}.${count}`] = value
  }
  return attributes
}

function completeHealth(given: HealthConfig = {}): Required<HealthConfig> {
  requireObject(given, 'health', 'health: { spikeScore: 10 }')
  const health = { ...HEALTH, ...given }
  for (const key of Object.keys(HEALTH) as (keyof HealthConfig)[]) {
    if (typeof health[key] === 'number' && health[key] > 0) continue
    throw invalid(`health.${key}`, 'a number above 0', `${key}: ${HEALTH[key]}`)
  }
  return health
}

/** Throws where a field that must hold text does not. */
function requireText(value: unknown, field: string, example: string): void {
  if (typeof value === 'string' && value.trim() !== '') return
  throw invalid(field, 'a string that is not empty', example)
}

function requireObject(value: unknown, field: string, example: string): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  throw invalid(field, 'an object', example)
}

/** The error for a field that is not what it must be. */
function invalid(field: string, must: string, example: string): TypeError {
  return new TypeError(`trainingRun: ${field} must be ${must}; write ${example}`)
}
