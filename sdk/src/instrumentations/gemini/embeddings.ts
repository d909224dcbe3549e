import type { Method } from '../../calls/adapter.ts'
import { modelName } from './model.ts'
import type { EmbedRequest, EmbedResponse } from './wire.ts'

/** Embeddings. The vectors stay where they are: neither input nor output is content of the span. */
export const embed: Method<EmbedRequest, EmbedResponse> = {
  operation: 'embeddings',
  request: ({ model, config }) => ({
    model: modelName(model),
    dimensionCount: config?.outputDimensionality,
    isCancelled: () => config?.abortSignal?.aborted ?? false,
  }),
  response: (response) => ({ usage: { input: tokensOf(response) } }),
}

/** Vertex AI counts each input, the Gemini API the request as a whole, if at all. */
function tokensOf({ embeddings = [], usageMetadata }: EmbedResponse): number | undefined {
  let tokens = usageMetadata?.promptTokenCount
  if (tokens !== undefined) return tokens
  for (const { statistics } of embeddings) {
    if (statistics?.tokenCount !== undefined) tokens = (tokens ?? 0) + statistics.tokenCount
  }
  return tokens
}
