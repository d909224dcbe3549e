import { attemptMetrics, metrics } from '@llmscope/sdk/catalogue'
import { graph } from '../kit.ts'
import { rateLimitUse } from '../limits.ts'
import { highest, minus, over, rate, rateOfAll, used, whileCounting } from '../queries.ts'
import type { Row } from '../row.ts'
import { CLIENT, KIND, MODEL, PROVIDER, llm } from '../scopes/llm.ts'

const attempts = llm(attemptMetrics.attempts)
const calls = [
  metrics.inferenceDuration,
  metrics.embeddingsDuration,
  metrics.operationDuration,
].map((metric) => llm(metric))
const NO_ATTEMPTS = 'No HTTP request of an LLM client in this time range'

export const rateLimits: Row = {
  title: 'Rate limits and attempts',
  panels: [
    graph({
      title: 'Used share of rate limits',
      description:
        'How much is used of what the provider allows, by the headers of its last answer to each process that made requests in the window; of several processes the highest. At 100 % it refuses requests.',
      unit: 'percentunit',
      queries: {
        '{{gen_ai_provider_name}} {{gen_ai_request_model}}: {{llmscope_rate_limit_kind}}': highest(
          whileCounting(
            used(llm(attemptMetrics.rateLimitRemaining), llm(attemptMetrics.rateLimit)),
            attempts,
            CLIENT,
          ),
          [PROVIDER, MODEL, KIND],
        ),
      },
      limits: rateLimitUse,
      max: 1,
      empty: 'No provider told of a rate limit in this time range',
    }),
    graph({
      title: 'Attempts by outcome',
      description:
        'HTTP requests under calls per second, retries included, by status code and by what went wrong. Without a status code there was no answer.',
      unit: 'reqps',
      queries: {
        '{{http_response_status_code}} {{llmscope_error_category}}': rate(attempts, [
          'http.response.status_code',
          'llmscope.error.category',
        ]),
      },
      stacked: true,
      empty: NO_ATTEMPTS,
    }),
    graph({
      title: 'Retries per call by model',
      description:
        'How many HTTP requests of a call followed its first, on average. They are waited for, even where the call does not fail in the end.',
      unit: 'short',
      queries: {
        '{{gen_ai_provider_name}} {{gen_ai_request_model}}': minus(
          over(rate(attempts, [PROVIDER, MODEL]), rateOfAll(calls, [PROVIDER, MODEL])),
          1,
        ),
      },
      softMax: 1,
      empty: NO_ATTEMPTS,
    }),
  ],
}
