import type { Hyperparameters } from '@llmscope/sdk/training-parts'

type Setting = Hyperparameters[string]

const DEEPEST = 3
const LONGEST = 1024
const MOST = 256

/** Any value as a hyperparameter: what cannot be one as it is becomes its JSON. */
export function settingOf(value: unknown, depth = 0): Setting {
  if (typeof value === 'string') return value.slice(0, LONGEST)
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (value === null || value === undefined) return undefined
  if (isObject(value) && depth < DEEPEST) return settingsOf(value, depth + 1)
  return JSON.stringify(value)?.slice(0, LONGEST)
}

/** The same of each value of an object. */
export function settingsOf(values: Readonly<Record<string, unknown>>, depth = 0): Hyperparameters {
  const entries = Object.entries(values).slice(0, MOST)
  return Object.fromEntries(entries.map(([key, value]) => [key, settingOf(value, depth)]))
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
