import { metrics } from '@llmscope/sdk/catalogue'
import { graph } from '../kit.ts'
import { over, quantile, rate, sumRate } from '../queries.ts'
import type { Row } from '../row.ts'
import { MODEL, NO_CALLS, PROVIDER, llm } from '../scopes/llm.ts'
import { QUANTILE_COLORS } from './latency.ts'

const firstChunk = llm(metrics.timeToFirstChunk)
const NO_STREAMS = 'No streamed calls in this time range'

export const streaming: Row = {
  title: 'Streaming',
  panels: [
    graph({
      title: 'Time to first chunk',
      description: 'Quantiles of the time from the call to the first chunk of its stream.',
      unit: 's',
      queries: {
        p50: quantile(0.5, firstChunk),
        p90: quantile(0.9, firstChunk),
        p99: quantile(0.99, firstChunk),
      },
      colors: QUANTILE_COLORS,
      empty: NO_STREAMS,
    }),
    graph({
      title: 'Time to first chunk p95 by model',
      description: '95 of 100 streams of a model began within this time.',
      unit: 's',
      queries: {
        '{{gen_ai_provider_name}} {{gen_ai_request_model}}': quantile(0.95, firstChunk, [
          PROVIDER,
          MODEL,
        ]),
      },
      empty: NO_STREAMS,
    }),
    graph({
      title: 'Output speed by model',
      description: 'Output tokens per second of call time, the wait for the first one included.',
      unit: 'short',
      queries: {
        '{{gen_ai_provider_name}} {{gen_ai_request_model}}': over(
          rate(llm(metrics.outputTokens), [PROVIDER, MODEL]),
          sumRate(llm(metrics.inferenceDuration), [PROVIDER, MODEL]),
        ),
      },
      empty: NO_CALLS,
    }),
  ],
}
