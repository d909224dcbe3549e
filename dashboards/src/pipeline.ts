import type { Metric } from './metric.ts'

// As collector-config/connectors/span-metrics.yaml sets them.
const SPAN = [
  'service.name',
  'span.name',
  'span.kind',
  'status.code',
  'service.namespace',
  'deployment.environment.name',
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.agent.name',
  'gen_ai.tool.name',
  'error.type',
]

/** What the Collector's span_metrics connector counts. */
export const spanCalls: Metric = {
  name: 'traces.span.metrics.calls',
  instrument: 'counter',
  unit: '',
  description: 'Spans that ended, counted by the Collector.',
  attributes: SPAN,
}

/** The only latency that has exemplars: OpenTelemetry for JavaScript records none. */
export const spanDuration: Metric = {
  name: 'traces.span.metrics.duration',
  instrument: 'histogram',
  unit: 'ms',
  description: 'Duration of spans, measured by the Collector, with exemplars.',
  attributes: SPAN,
}

/** What Prometheus says of every target that it scrapes. */
export const scrapeUp: Metric = {
  name: 'up',
  instrument: 'gauge',
  unit: '',
  description: 'Whether (1) or not (0) Prometheus could read the metrics of a target.',
  attributes: [],
}

/** Metrics that no catalogue holds, because the pipeline itself makes them. */
export const pipelineMetrics: readonly Metric[] = [spanCalls, spanDuration, scrapeUp]
