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
}

type Misfit = (field: keyof TrainingStep) => void

/** Reads a step of which nothing is sure. `misfit` hears of a field that holds something else than a number. */
export function readStep(facts: TrainingStep, index: number, misfit: Misfit): StepRecord {
  return {
    step: read(facts.step, 'step', misfit) ?? index,
    time: Date.now(),
    loss: read(facts.loss, 'loss', misfit),
    learningRate: read(facts.learningRate, 'learningRate', misfit),
    gradientNorm: read(facts.gradientNorm, 'gradientNorm', misfit),
    tokens: read(facts.tokens, 'tokens', misfit),
    samples: read(facts.samples, 'samples', misfit),
  }
}

function read(value: unknown, field: keyof TrainingStep, misfit: Misfit): number | undefined {
  if (typeof value === 'number') return value
  if (value !== undefined && value !== null) misfit(field)
  return undefined
}

/** Whether there is a value, and one that can be exported. */
export function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value)
}
