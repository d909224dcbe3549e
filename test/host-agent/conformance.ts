import { attributes, catalogue } from '@llmscope/host-agent/catalogue'
import type { Metric } from './otlp-sink.ts'

const byName = new Map(catalogue.map((metric) => [metric.name, metric]))
const known = new Map(Object.entries(attributes))

/** What of these metrics the agent's catalogue does not know, or knows otherwise: a line each. */
export function strangersIn(metrics: readonly Metric[]): string[] {
  return metrics.flatMap((metric) => {
    const { name, unit, gauge, sum } = metric
    const declared = byName.get(name)
    if (!declared) return [`${name}: no such metric`]
    const counts = sum?.isMonotonic ? 'counter' : 'updowncounter'
    const instrument = gauge ? 'gauge' : counts
    const lines = (gauge ?? sum)?.dataPoints.flatMap((point) =>
      point.attributes
        .filter(({ key, value: { stringValue, intValue } }) => {
          const { type, values = [stringValue] } = known.get(key) ?? { values: [] }
          const isText = stringValue !== undefined && values.some((one) => one === stringValue)
          const isOne = type === 'int' ? intValue !== undefined : isText
          return !isOne || !declared.attributes.some((attribute) => attribute === key)
        })
        .map(({ key, value }) => `${name}: ${key} is ${JSON.stringify(value)}`),
    )
    return [
      ...(unit === declared.unit ? [] : [`${name}: unit ${unit}`]),
      ...(instrument === declared.instrument ? [] : [`${name}: ${instrument}`]),
      ...(lines ?? []),
    ]
  })
}
