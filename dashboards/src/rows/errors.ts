import { metrics } from '@llmscope/sdk/catalogue'
import { graph } from '../kit.ts'
import { errorRatio } from '../limits.ts'
import { rate, share } from '../queries.ts'
import type { Row } from '../row.ts'
import { MODEL, NO_CALLS, PROVIDER, failed, llm } from '../scopes/llm.ts'

const calls = llm(metrics.inferenceDuration)
const failures = llm(metrics.inferenceDuration, failed)

export const errors: Row = {
  title: 'Errors',
  panels: [
    graph({
      title: 'Error ratio by model',
      description:
        'Share of the inference calls that failed. Cancelled ones did not fail. 0 means that there were calls and none failed.',
      unit: 'percentunit',
      queries: {
        '{{gen_ai_provider_name}} {{gen_ai_request_model}}': share(
          rate(failures, [PROVIDER, MODEL]),
          rate(calls, [PROVIDER, MODEL]),
        ),
      },
      limits: errorRatio,
      softMax: 0.1,
      empty: NO_CALLS,
    }),
    graph({
      title: 'Errors by category',
      description:
        'Calls that ended in an error per second, by what went wrong: the same words for every provider. Cancelled calls are shown here.',
      unit: 'reqps',
      queries: {
        '{{llmscope_error_category}}': rate(
          llm(metrics.inferenceDuration, { 'llmscope.error.category': '!=""' }),
          ['llmscope.error.category'],
        ),
      },
      stacked: true,
      empty: 'No errors in this time range',
    }),
    graph({
      title: 'Errors by type',
      description: "Calls that failed per second, by the client's or provider's own error type.",
      unit: 'reqps',
      queries: {
        '{{gen_ai_provider_name}} {{error_type}}': rate(failures, [PROVIDER, 'error.type']),
      },
      stacked: true,
      empty: 'No errors in this time range',
    }),
  ],
}
