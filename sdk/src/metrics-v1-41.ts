import * as latest from './metrics.ts'
import type { Metric } from './metrics.ts'

const former = (metric: Metric, name: string, attributes: readonly string[] = []): Metric => ({
  ...metric,
  name,
  attributes: [...metric.attributes, ...attributes],
})

/** The metrics that semantic conventions 1.41 had in place of today's. */
export const operationDuration: Metric = former(
  latest.inferenceDuration,
  'gen_ai.client.operation.duration',
)

export const tokenUsage: Metric = former(latest.inferenceInputTokens, 'gen_ai.client.token.usage', [
  'gen_ai.token.type',
])

export const timeToFirstChunk: Metric = former(
  latest.timeToFirstChunk,
  'gen_ai.client.operation.time_to_first_chunk',
)

export const timePerOutputChunk: Metric = former(
  latest.timePerOutputChunk,
  'gen_ai.client.operation.time_per_output_chunk',
)
