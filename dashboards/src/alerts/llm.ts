import { attemptMetrics, metrics } from '@llmscope/sdk/catalogue'
import type { AlertGroup } from '../alert.ts'
import { errorRatio, latency, percent, rateLimitUse } from '../limits.ts'
import { above, highest, over, quantile, rate, series, used, whileCounting } from '../queries.ts'
import { CLIENT, KIND, MODEL, PROVIDER, failed } from '../scopes/llm.ts'

const BY = ['service.name', PROVIDER, MODEL]
// Five exports at OpenTelemetry's default interval of a minute: enough for a rate.
const WINDOW = '5m'
const WHERE = '{{ $labels.gen_ai_provider_name }} {{ $labels.gen_ai_request_model }}'

export const llm: AlertGroup = {
  name: 'llm',
  alerts: [
    {
      name: 'LLMErrorRateHigh',
      when: above(
        over(
          rate(series(metrics.inferenceDuration, failed), BY, WINDOW),
          rate(series(metrics.inferenceDuration), BY, WINDOW),
        ),
        errorRatio.critical,
      ),
      for: '2m',
      severity: 'warning',
      summary: `{{ $labels.service_name }}: {{ $value | humanizePercentage }} of the calls to ${WHERE} fail`,
      description: `More than ${percent(errorRatio.critical)} of the inference calls of the last five minutes failed. Calls that their caller cancelled are not counted as failed.`,
      action:
        'Look at "Errors by category" in the dashboard "LLM service". rate_limit, quota: slow down or raise the limit. overloaded, server, connection: see the status page of the provider, switch to another model. auth: renew the key. context_length, invalid_request: see the last release of the service.',
    },
    {
      name: 'LLMLatencyHigh',
      when: above(quantile(0.95, series(metrics.inferenceDuration), BY, WINDOW), latency.warning),
      for: '2m',
      severity: 'warning',
      summary: `{{ $labels.service_name }}: p95 of the calls to ${WHERE} is {{ $value | humanizeDuration }}`,
      description: `Of 100 inference calls of the last five minutes, five took longer than ${latency.warning} s. A call that streams ends with its last chunk: compare the time to first chunk, which is what its users wait for.`,
      action:
        'Look at the row "Latency" in the dashboard "LLM service" and open a slow span. Longer answers: compare tokens per call. Slower tokens: see output speed and the status page of the provider. Retries: look at the errors.',
    },
    {
      name: 'LLMRateLimitNear',
      when: above(
        highest(
          whileCounting(
            used(series(attemptMetrics.rateLimitRemaining), series(attemptMetrics.rateLimit)),
            series(attemptMetrics.attempts),
            CLIENT,
            WINDOW,
          ),
          [...BY, KIND],
        ),
        rateLimitUse.critical,
      ),
      for: '2m',
      severity: 'warning',
      summary: `{{ $labels.service_name }}: {{ $value | humanizePercentage }} of the {{ $labels.llmscope_rate_limit_kind }} that ${WHERE} allows are used`,
      description: `More than ${percent(rateLimitUse.critical)} of a rate limit is used, as the provider told a process that made requests in the last five minutes. When nothing is left it refuses requests: clients wait and try again, then calls fail with rate_limit.`,
      action:
        'Look at "Rate limits and attempts" in the dashboard "LLM service": which limit, and whether retries rise already. Find who sends most in "Calls by model" and "Cost"; spread batch work over time, cache prompts, ask the provider for a higher limit or send a part to another model.',
    },
  ],
}
