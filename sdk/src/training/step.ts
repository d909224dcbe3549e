import { PHASES, type StepPhase } from './phases.ts'

/** What one optimizer step did. Whatever is not known is left out. */
export interface TrainingStep {
  /** Index of the step, from 0; one more than the last step's where nothing is given. */
  readonly step?: number
  readonly loss?: number
  readonly learningRate?: number
  /** Global gradient norm before clipping. */
  readonly gradientNorm?: number
  /** Tokens that the step trained on. */
  readonly tokens?: number
  /** Samples that the step trained on. */
  readonly samples?: number
  /** Bytes of memory that the training holds where it computes. */
  readonly memory?: number
  /** Other numbers by their own names, such as `{ accuracy: 0.5, perplexity: 12 }`. */
  readonly metrics?: Readonly<Record<string, number>>
  /** Seconds that the step spent in its phases, where the loop measures them itself; see `run.timed`. */
  readonly seconds?: Readonly<Partial<Record<StepPhase, number>>>
}

/** A step as it was recorded. `loss` and `gradientNorm` may be NaN or infinite. */
export interface StepRecord {
  readonly step: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly loss: number | undefined
  readonly learningRate: number | undefined
  readonly gradientNorm: number | undefined
  readonly tokens: number | undefined
  readonly samples: number | undefined
  readonly memory: number | undefined
  readonly metrics: Readonly<Record<string, number>> | undefined
}

/** Hears of a field of a step that holds something else than a number. */
export type Misfit = (field: string) => void

/** Reads a step of which nothing is sure. */
export function readStep(
  facts: TrainingStep,
  { index, time }: { readonly index: number; readonly time: number },
  misfit: Misfit,
): StepRecord {
  return {
    step: read(facts.step, 'step', misfit) ?? index,
    time,
    loss: read(facts.loss, 'loss', misfit),
    learningRate: read(facts.learningRate, 'learningRate', misfit),
    gradientNorm: read(facts.gradientNorm, 'gradientNorm', misfit),
    tokens: read(facts.tokens, 'tokens', misfit),
    samples: read(facts.samples, 'samples', misfit),
    memory: read(facts.memory, 'memory', misfit),
    metrics: facts.metrics && readAll(facts.metrics, 'metrics', Object.keys(facts.metrics), misfit),
  }
}

/** Reads the seconds of a step's phases. */
export function readSeconds(
  seconds: TrainingStep['seconds'] & object,
  misfit: Misfit,
): Readonly<Record<string, number>> {
  return readAll(seconds, 'seconds', PHASES, misfit)
}

function readAll(
  values: Readonly<Record<string, unknown>>,
  field: string,
  names: readonly string[],
  misfit: Misfit,
): Record<string, number> {
  const numbers: Record<string, number> = {}
  for (const name of names) {
    const value = read(values[name], `${field}.${name}`, misfit)
    if (value !== undefined) numbers[name] = value
  }
  return numbers
}

function read(value: unknown, field: string, misfit: Misfit): number | undefined {
  if (typeof value === 'number') return value
  if (value !== undefined && value !== null) misfit(field)
  return undefined
}

/** Whether there is a value, and one that can be exported. */
export function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value)
}
