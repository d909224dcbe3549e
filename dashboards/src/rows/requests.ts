import { metrics } from '@llmscope/sdk/catalogue'
import { graph } from '../kit.ts'
import { rate, union } from '../queries.ts'
import type { Row } from '../row.ts'
import { MODEL, NO_CALLS, PROVIDER, llm } from '../scopes/llm.ts'

const OPERATION = 'gen_ai.operation.name'
const calls = llm(metrics.inferenceDuration)

export const requests: Row = {
  title: 'Requests',
  panels: [
    graph({
      title: 'Calls by operation',
      description: 'Calls that ended per second, failed ones included.',
      unit: 'reqps',
      queries: {
        '{{gen_ai_operation_name}}': union(
          rate(calls, [OPERATION]),
          rate(llm(metrics.embeddingsDuration), [OPERATION]),
          rate(llm(metrics.operationDuration), [OPERATION]),
        ),
      },
      empty: NO_CALLS,
    }),
    graph({
      title: 'Calls by model',
      description: 'Inference calls that ended per second, by the model that was asked for.',
      unit: 'reqps',
      queries: { '{{gen_ai_request_model}}': rate(calls, [MODEL]) },
      stacked: true,
      empty: NO_CALLS,
    }),
    graph({
      title: 'Calls by provider',
      description: 'Inference calls that ended per second, by provider.',
      unit: 'reqps',
      queries: { '{{gen_ai_provider_name}}': rate(calls, [PROVIDER]) },
      stacked: true,
      empty: NO_CALLS,
    }),
  ],
}
