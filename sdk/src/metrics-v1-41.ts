import * as latest from './metrics.ts'
import type { Metric } from './metrics.ts'

/** The metrics that semantic conventions 1.41 had, and today's have no longer. */

export const tokenUsage: Metric = {
  ...latest.inferenceInputTokens,
  name: 'gen_ai.client.token.usage',
  description: 'Tokens of one call by type, as semantic conventions 1.41 had it.',
  attributes: [...latest.inferenceInputTokens.attributes, 'gen_ai.token.type'],
}

export const timeToFirstChunk: Metric = {
  ...latest.timeToFirstChunk,
  name: 'gen_ai.client.operation.time_to_first_chunk',
  description: 'Time to the first chunk of a stream, as semantic conventions 1.41 had it.',
}

export const timePerOutputChunk: Metric = {
  ...latest.timePerOutputChunk,
  name: 'gen_ai.client.operation.time_per_output_chunk',
  description: 'Time between two chunks of a stream, as semantic conventions 1.41 had it.',
}
