import type { AttributeName } from '../catalogue/attributes.ts'
import type { Metric } from '../metrics.ts'

/** The metrics of HTTP requests under calls, and of what providers allow. No convention has any. */

const MODEL: readonly AttributeName[] = ['gen_ai.provider.name', 'gen_ai.request.model']

const gauge = (name: string, unit: string, description: string): Metric => ({
  name,
  instrument: 'gauge',
  unit,
  description,
  attributes: [...MODEL, 'llmscope.rate_limit.kind'],
})

export const attempts: Metric = {
  name: 'llmscope.client.attempts',
  instrument: 'counter',
  unit: '{attempt}',
  description: 'HTTP requests under calls, retries included, by what became of them.',
  attributes: [...MODEL, 'http.response.status_code', 'llmscope.error.category'],
}

export const rateLimit: Metric = gauge(
  'llmscope.rate_limit.limit',
  '{unit}',
  'Requests or tokens that the provider allows, as it last told.',
)

export const rateLimitRemaining: Metric = gauge(
  'llmscope.rate_limit.remaining',
  '{unit}',
  'Requests or tokens that the provider still allows, as it last told.',
)

export const rateLimitReset: Metric = gauge(
  'llmscope.rate_limit.reset',
  's',
  'Time until the whole limit is there again, as the provider last told.',
)
