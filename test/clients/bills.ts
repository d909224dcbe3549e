import type { Usage } from '../sdk/scripted-server/script.ts'
import type { Observation } from './observation.ts'
import type { TracedCall } from './span-checks.ts'

/** Tokens by model. */
type Sums = Record<string, number>

/** The total of a metric by model. */
export function sums({ points }: Observation, metric: string): Sums {
  const totals: Sums = {}
  for (const { attributes, value, sum } of points.filter((point) => point.metric === metric)) {
    const model = String(attributes['gen_ai.request.model'])
    totals[model] = (totals[model] ?? 0) + (value ?? sum ?? 0)
  }
  return totals
}

/** What the server billed by model, as far as it told the client. */
export function bill(calls: readonly TracedCall[], kind: keyof Usage): Sums {
  const totals: Sums = {}
  for (const { attempts, told } of calls) {
    const { model = '' } = attempts.at(-1) ?? {}
    const tokens = told[kind]
    if (tokens !== undefined) totals[model] = (totals[model] ?? 0) + tokens
  }
  return totals
}

export const nonZero = (totals: Sums): Sums =>
  Object.fromEntries(Object.entries(totals).filter(([, total]) => total > 0))
