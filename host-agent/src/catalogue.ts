import { driverMetrics } from './apart/index.ts'
import type { Metric } from './collector.ts'
import { collectors } from './collectors/index.ts'
import { deliveryMetrics } from './delivery/metrics.ts'
import { collectorMetrics } from './sampler.ts'
import { receiverMetrics } from './training/metrics.ts'

export type { Attribute } from './attribute.ts'
export { type AttributeName, attributes } from './attributes.ts'
export { type EventKind, events } from './events.ts'
export { resource } from './resource-attributes.ts'

/** A metric with its name, how sure that is to stay, and the version of the agent that sent it first. */
export interface NamedMetric extends Metric {
  readonly name: string
  readonly stability: 'stable' | 'development'
  readonly since: string
}

const all = [
  ...collectors.map(({ metrics }) => metrics),
  collectorMetrics,
  driverMetrics,
  deliveryMetrics,
  receiverMetrics,
]

const named = ([name, metric]: readonly [string, Metric]): readonly [string, NamedMetric] => [
  name,
  { name, stability: 'development', since: '0.1.0', ...metric },
]

/** Every metric that the agent emits: what docs, dashboards and tests are made from. */
export const catalogue: readonly NamedMetric[] = [
  ...new Map(all.flatMap(Object.entries<Metric>).map(named)).values(),
]
