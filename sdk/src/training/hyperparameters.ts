import type { Emitted } from '../catalogue/emitted.ts'

type Scalar = string | number | boolean

/** Settings of a run: plain values, lists of them, or objects of them. */
export interface Hyperparameters {
  readonly [key: string]: Scalar | readonly Scalar[] | Hyperparameters | null | undefined
}

const DEEPEST = 4

/** Flattens hyperparameters into `training.hyperparameter.<key>` attributes; throws a `TypeError` for the rest. */
export function hyperparameterAttributes(hyperparameters: Hyperparameters | undefined): Emitted {
  const attributes: Emitted = {}
  if (hyperparameters !== undefined) flatten(attributes, '', hyperparameters, 0)
  return attributes
}

function flatten(attributes: Emitted, path: string, value: unknown, depth: number): void {
  if (value === null || value === undefined) return
  if (depth > 0 && isAttribute(value)) {
    attributes[`training.hyperparameter.${path}`] = value
    return
  }
  if (typeof value !== 'object' || Array.isArray(value) || depth > DEEPEST) {
    throw new TypeError(
      `trainingRun: hyperparameters${path && `.${path}`} must be ${
        depth === 0 ? 'an object' : `text, a number, true or false, or a list or object of them`
      }, at most ${DEEPEST} levels deep; write hyperparameters: { learningRate: 3e-4 }`,
    )
  }
  for (const [key, entry] of Object.entries(value)) {
    flatten(attributes, path ? `${path}.${key}` : key, entry, depth + 1)
  }
}

function isAttribute(value: unknown): value is Scalar | Scalar[] {
  return Array.isArray(value)
    ? value.every((item) => isScalar(item) && typeof item === typeof value[0])
    : isScalar(value)
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
