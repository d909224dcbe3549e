import * as attemptMetrics from './attempts/metrics-attempts.ts'
import { FORMER, GEN_AI, GENERAL, OURS, type Standing, standing } from './catalogue/standing.ts'
import * as v141 from './metrics-v1-41.ts'
import * as opentelemetryMetrics from './metrics-opentelemetry.ts'
import * as metrics from './metrics.ts'
import * as agentMetrics from './operations/metrics-agents.ts'
import * as mcpMetrics from './operations/metrics-mcp.ts'
import * as trainingMetrics from './training/metrics.ts'

export type { Attribute, AttributeType } from './catalogue/attribute.ts'
export { type AttributeName, attributes } from './catalogue/attributes.ts'
export type { Carrier } from './catalogue/carrier.ts'
export { type EventEntry, events } from './catalogue/events.ts'
export { type SpanEntry, type SpanEventEntry, spanEvents, spans } from './catalogue/spans.ts'
export type { Stability, Standing } from './catalogue/standing.ts'
export { formerAttributes, formerMetrics, formerWorkflowName } from './former.ts'
export type { Metric } from './metrics.ts'
export { agentMetrics, attemptMetrics, mcpMetrics, metrics, trainingMetrics }

/** A metric and what its name is worth. */
export type MetricEntry = metrics.Metric & Standing

const all = [metrics, attemptMetrics, agentMetrics, mcpMetrics, trainingMetrics].flatMap(
  Object.values<metrics.Metric>,
)
const isGenAi = ({ name }: metrics.Metric): boolean => /^(gen_ai|mcp)\./.test(name)

/** Every metric that the SDK emits: what docs, dashboards and tests are made from. */
export const catalogue: readonly MetricEntry[] = [
  ...standing(GEN_AI, all.filter(isGenAi)),
  ...standing(FORMER, Object.values(v141), 'deprecated'),
  ...standing(
    OURS,
    all.filter((metric) => !isGenAi(metric)),
  ),
  ...standing(GENERAL, Object.values(opentelemetryMetrics)),
]
