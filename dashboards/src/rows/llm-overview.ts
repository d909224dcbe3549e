import { metrics } from '@llmscope/sdk/catalogue'
import { stat } from '../kit.ts'
import { errorRatio, latency } from '../limits.ts'
import { increase, quantile, share } from '../queries.ts'
import type { Row } from '../row.ts'
import { NO_CALLS, failed, llm } from '../scopes/llm.ts'

const RANGE = '$__range'
const calls = llm(metrics.inferenceDuration)

export const llmOverview: Row = {
  title: 'Overview',
  panels: [
    stat({
      title: 'Calls',
      description: 'Inference calls that ended in the time range, failed ones included.',
      unit: 'short',
      decimals: 0,
      queries: { calls: increase(calls, [], RANGE) },
      empty: NO_CALLS,
    }),
    stat({
      title: 'Error ratio',
      description: 'Share of the inference calls that failed. Cancelled ones did not fail.',
      unit: 'percentunit',
      queries: {
        errors: share(
          increase(llm(metrics.inferenceDuration, failed), [], RANGE),
          increase(calls, [], RANGE),
        ),
      },
      limits: errorRatio,
      empty: NO_CALLS,
    }),
    stat({
      title: 'Latency p95',
      description: '95 of 100 inference calls took no longer, the whole stream included.',
      unit: 's',
      queries: { p95: quantile(0.95, calls, [], RANGE) },
      limits: latency,
      empty: NO_CALLS,
    }),
    stat({
      title: 'First chunk p95',
      description: 'What users wait for in a chat: 95 of 100 streams began within this time.',
      unit: 's',
      queries: { p95: quantile(0.95, llm(metrics.timeToFirstChunk), [], RANGE) },
      limits: latency,
      empty: 'No streamed calls in this time range',
    }),
    stat({
      title: 'Tokens in',
      description: 'Input tokens that the providers counted, cached ones included.',
      unit: 'short',
      queries: { tokens: increase(llm(metrics.inputTokens), [], RANGE) },
      empty: NO_CALLS,
    }),
    stat({
      title: 'Tokens out',
      description: 'Output tokens that the providers counted, reasoning included.',
      unit: 'short',
      queries: { tokens: increase(llm(metrics.outputTokens), [], RANGE) },
      empty: NO_CALLS,
    }),
  ],
}
