import { metrics } from '@llmscope/sdk/catalogue'
import { graph, heatmap } from '../kit.ts'
import { distribution, quantile } from '../queries.ts'
import type { Row } from '../row.ts'
import { MODEL, NO_CALLS, PROVIDER, llm } from '../scopes/llm.ts'
import { spanDuration } from '../pipeline.ts'

const calls = llm(metrics.inferenceDuration)
const spans = llm(spanDuration, { 'gen_ai.operation.name': '!=""' })

/** A median, a bad call and a very bad one look the same in every panel. */
export const QUANTILE_COLORS = { p50: 'green', p90: 'orange', p99: 'red' }

export const latency: Row = {
  title: 'Latency',
  panels: [
    graph({
      title: 'Call duration',
      description: 'Quantiles of the duration of inference calls, retries and streams included.',
      unit: 's',
      queries: {
        p50: quantile(0.5, calls),
        p90: quantile(0.9, calls),
        p99: quantile(0.99, calls),
      },
      colors: QUANTILE_COLORS,
      width: 12,
      empty: NO_CALLS,
    }),
    graph({
      title: 'Call duration p95 by model',
      description: '95 of 100 inference calls of a model took no longer.',
      unit: 's',
      queries: {
        '{{gen_ai_provider_name}} {{gen_ai_request_model}}': quantile(0.95, calls, [
          PROVIDER,
          MODEL,
        ]),
      },
      width: 12,
      empty: NO_CALLS,
    }),
    heatmap({
      title: 'Call duration, distribution',
      description: 'How many inference calls took how long.',
      unit: 's',
      queries: { '{{le}}': distribution(calls) },
      width: 12,
      empty: NO_CALLS,
    }),
    graph({
      title: 'Span duration, with traces',
      description:
        'p90 of the spans of calls, tools and agents. Every dot is one span: click it to open its trace in Jaeger.',
      unit: 'ms',
      queries: {
        '{{gen_ai_operation_name}}': quantile(0.9, spans, ['gen_ai.operation.name']),
      },
      exemplars: true,
      width: 12,
      empty: 'No spans reached the span_metrics connector of the Collector in this time range',
    }),
  ],
}
