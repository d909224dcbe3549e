import { metrics } from '@llmscope/sdk/catalogue'
import { graph } from '../kit.ts'
import { mean, rate, share } from '../queries.ts'
import type { Row } from '../row.ts'
import { MODEL, NO_CALLS, llm } from '../scopes/llm.ts'

const input = llm(metrics.inputTokens)
const output = llm(metrics.outputTokens)

export const tokens: Row = {
  title: 'Tokens',
  panels: [
    graph({
      title: 'Tokens per second',
      description:
        'Tokens that the providers counted: cached ones are part of the input, reasoning of the output.',
      unit: 'short',
      queries: { input: rate(input), output: rate(output) },
      colors: { input: 'blue', output: 'purple' },
      empty: NO_CALLS,
    }),
    graph({
      title: 'Input tokens per second by model',
      description: 'Input tokens that the provider counted, by the model that was asked for.',
      unit: 'short',
      queries: { '{{gen_ai_request_model}}': rate(input, [MODEL]) },
      stacked: true,
      empty: NO_CALLS,
    }),
    graph({
      title: 'Output tokens per second by model',
      description: 'Output tokens that the provider counted, by the model that was asked for.',
      unit: 'short',
      queries: { '{{gen_ai_request_model}}': rate(output, [MODEL]) },
      stacked: true,
      empty: NO_CALLS,
    }),
    graph({
      title: 'Tokens per call',
      description: 'Mean number of tokens of one inference call.',
      unit: 'short',
      queries: {
        input: mean(llm(metrics.inferenceInputTokens)),
        output: mean(llm(metrics.inferenceOutputTokens)),
      },
      colors: { input: 'blue', output: 'purple' },
      empty: NO_CALLS,
    }),
    graph({
      title: 'Cache hit ratio by model',
      description:
        'Share of the input tokens that the provider read from its cache. 0 means that none was.',
      unit: 'percentunit',
      queries: {
        '{{gen_ai_request_model}}': share(
          rate(llm(metrics.cacheReadTokens), [MODEL]),
          rate(input, [MODEL]),
        ),
      },
      max: 1,
      empty: NO_CALLS,
    }),
    graph({
      title: 'Reasoning share by model',
      description:
        'Share of the output tokens that the model spent on reasoning. 0 means that none was.',
      unit: 'percentunit',
      queries: {
        '{{gen_ai_request_model}}': share(
          rate(llm(metrics.reasoningTokens), [MODEL]),
          rate(output, [MODEL]),
        ),
      },
      max: 1,
      empty: NO_CALLS,
    }),
  ],
}
