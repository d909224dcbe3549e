import * as attemptMetrics from './metrics-attempts.ts'
import * as formerMetrics from './metrics-v1-41.ts'
import * as opentelemetryMetrics from './metrics-opentelemetry.ts'
import * as metrics from './metrics.ts'
import * as trainingMetrics from './training/metrics.ts'

export type { Attribute, AttributeType, Stability } from './catalogue/attribute.ts'
export { type AttributeName, attributes } from './catalogue/attributes.ts'
export type { Carrier } from './catalogue/carrier.ts'
export { type EventEntry, events } from './catalogue/events.ts'
export { type SpanEntry, type SpanEventEntry, spanEvents, spans } from './catalogue/spans.ts'
export { formerAttributes, formerMetrics, formerWorkflowName } from './former.ts'
export type { Metric } from './metrics.ts'
export { attemptMetrics, metrics, trainingMetrics }

/** Every metric that the SDK emits: what docs, dashboards and tests are made from. */
export const catalogue: readonly metrics.Metric[] = [
  ...Object.values(metrics),
  ...Object.values(attemptMetrics),
  ...Object.values(formerMetrics),
  ...Object.values(trainingMetrics),
  ...Object.values(opentelemetryMetrics),
]
