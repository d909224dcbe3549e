import { type Attributes, isSpanContextValid, type Link } from '@opentelemetry/api'
import type { Emitted } from '../catalogue/emitted.ts'
import { guard } from '../guard.ts'
import type { Flops, HealthConfig, RunReference, TrainingRunConfig } from './config.ts'
import { hyperparameterAttributes } from './hyperparameters.ts'
import { runInfo } from './info.ts'

/** A configuration that was checked and completed. */
export interface RunPlan {
  readonly name: string
  readonly id: string
  /** Attributes of everything that is told of the run. */
  readonly identity: Emitted
  /** Attributes of the span that starts the run. */
  readonly facts: Emitted
  /** Attributes of the metric that says what the run is. */
  readonly info: Emitted
  /** From the span that starts the run: to its parent, and to the process that it goes on from. */
  readonly links: readonly Link[]
  /** Index of the first step. */
  readonly firstStep: number
  readonly isMeasured: boolean
  readonly flops: Flops | undefined
  readonly stepEvents: number
  readonly health: Required<HealthConfig>
}

const HEALTH: Required<HealthConfig> = {
  spikeScore: 10,
  divergenceScore: 5,
  plateauSteps: 1000,
  explosionFactor: 100,
  vanishingFactor: 10_000,
  slowdownFactor: 2,
  slowdownSeconds: 10,
  stallFactor: 10,
  stallSeconds: 10,
  patience: 5,
}

/** Checks a configuration. Throws a `TypeError` that names the field and says what to write. */
export function plan(config: TrainingRunConfig): RunPlan {
  check(config)
  const { name, id = crypto.randomUUID(), resume, distributed, flops, stepEvents = 256 } = config
  const facts = factsOf(config)
  return {
    name,
    id,
    identity: {
      'training.run.id': id,
      'training.run.name': name,
      ...(distributed && { 'training.rank': distributed.rank }),
    },
    facts,
    info: guard('training.info', () => runInfo(facts)) ?? {},
    links: linksOf(config),
    firstStep: resume ? resume.step + 1 : 0,
    isMeasured: distributed?.metrics ?? true,
    flops,
    stepEvents,
    health: completeHealth(config.health),
  }
}

function check(config: TrainingRunConfig): void {
  requireObject(config, 'the configuration', "{ name: 'tiny-transformer' }")
  const { name, id, parent, resume, distributed, flops, stepEvents = 256 } = config
  requireText(name, 'name', "name: 'tiny-transformer'")
  if (id !== undefined) requireText(id, 'id', "id: 'run-42', or leave it out")
  requireCount(stepEvents, 'stepEvents', 'stepEvents: 256')
  if (parent !== undefined) requireParent(parent)
  if (resume !== undefined) requireResumption(config)
  if (distributed !== undefined) requireDistribution(distributed)
  if (flops !== undefined) requireFlops(flops)
}

function factsOf(config: TrainingRunConfig): Emitted {
  const { parent, resume, distributed, model, dataset, hyperparameters } = config
  return {
    ...(parent && { 'training.run.parent.id': parent.id }),
    ...(resume && { 'training.run.resume.step': resume.step }),
    ...(distributed && { 'training.world_size': distributed.worldSize }),
    ...subjectAttributes('model', model, ['parameters']),
    ...subjectAttributes('dataset', dataset, ['samples', 'tokens']),
    ...hyperparameterAttributes(hyperparameters),
  }
}

function linksOf({ parent, resume }: TrainingRunConfig): Link[] {
  return [parent?.spanContext, resume?.spanContext].flatMap((spanContext) =>
    spanContext && isSpanContextValid(spanContext) ? [{ context: spanContext }] : [],
  )
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

function requireParent(parent: RunReference): void {
  requireObject(parent, 'parent', "parent: { id: 'sweep-7' }, or a run")
  requireText(parent.id, 'parent.id', "parent: { id: 'sweep-7' }, or a run")
}

function requireResumption({ id, resume }: TrainingRunConfig): void {
  const example = "id: 'run-42', resume: { step: 1200 }"
  requireObject(resume, 'resume', example)
  requireCount(resume?.step, 'resume.step', example)
  if (id === undefined) throw invalid('id', 'that of the run that goes on', example)
}

function requireDistribution({ rank, worldSize }: TrainingRunConfig['distributed'] & object): void {
  const example = 'distributed: { rank: 0, worldSize: 8 }'
  requireCount(rank, 'distributed.rank', example)
  requireCount(worldSize, 'distributed.worldSize', example)
  if (rank < worldSize) return
  throw invalid('distributed.rank', `below the world size of ${worldSize}`, example)
}

function requireFlops({ perToken, peak }: Flops): void {
  if (perToken > 0 && peak > 0 && Number.isFinite(perToken / peak)) return
  throw invalid('flops', 'two numbers above 0', 'flops: { perToken: 6 * parameters, peak: 989e12 }')
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

function requireCount(value: unknown, field: string, example: string): void {
  if (Number.isInteger(value) && Number(value) >= 0) return
  throw invalid(field, 'a whole number from 0', example)
}

function requireObject(value: unknown, field: string, example: string): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  throw invalid(field, 'an object', example)
}

/** The error for a field that is not what it must be. */
function invalid(field: string, must: string, example: string): TypeError {
  return new TypeError(`trainingRun: ${field} must be ${must}; write ${example}`)
}
