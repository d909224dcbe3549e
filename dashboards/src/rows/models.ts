import { metrics } from '@llmscope/sdk/catalogue'
import { increase, quantile, share } from '../queries.ts'
import type { Row } from '../row.ts'
import { MODEL, NO_CALLS, PROVIDER, failed, llm } from '../scopes/llm.ts'
import { table } from '../table.ts'

const RANGE = '$__range'
const BY = [PROVIDER, MODEL]
const calls = increase(llm(metrics.inferenceDuration), BY, RANGE)

export const models: Row = {
  title: 'Models and providers',
  panels: [
    table({
      title: 'Models',
      description: 'Every model that was asked for in the time range.',
      rows: { Provider: PROVIDER, Model: MODEL },
      columns: {
        Calls: { query: calls, unit: 'short' },
        'Error ratio': {
          query: share(increase(llm(metrics.inferenceDuration, failed), BY, RANGE), calls),
          unit: 'percentunit',
        },
        'Latency p95': {
          query: quantile(0.95, llm(metrics.inferenceDuration), BY, RANGE),
          unit: 's',
        },
        'First chunk p95': {
          query: quantile(0.95, llm(metrics.timeToFirstChunk), BY, RANGE),
          unit: 's',
        },
        'Tokens in': { query: increase(llm(metrics.inputTokens), BY, RANGE), unit: 'short' },
        'Tokens out': { query: increase(llm(metrics.outputTokens), BY, RANGE), unit: 'short' },
        Cost: { query: increase(llm(metrics.cost), BY, RANGE), unit: 'currencyUSD' },
      },
      empty: NO_CALLS,
    }),
  ],
}
