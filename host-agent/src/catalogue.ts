import type { Metric } from './collector.ts'
import { collectors } from './collectors/index.ts'
import { collectorMetrics } from './sampler.ts'

export type { Attribute } from './attribute.ts'
export { type AttributeName, attributes } from './attributes.ts'
export { resource } from './resource-attributes.ts'

/** A metric with its name. */
export interface NamedMetric extends Metric {
  readonly name: string
}

const all = [...collectors.map(({ metrics }) => metrics), collectorMetrics]

/** Every metric that the agent emits: what docs, dashboards and tests are made from. */
export const catalogue: readonly NamedMetric[] = [
  ...new Map(
    all.flatMap(Object.entries<Metric>).map(([name, metric]) => [name, { name, ...metric }]),
  ).values(),
]
