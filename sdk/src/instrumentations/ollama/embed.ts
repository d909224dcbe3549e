import type { Method } from '../../calls/adapter.ts'
import type { EmbedRequest, EmbedResponse } from './wire.ts'

/** Embeddings, by the method of today or the one before, which tells no tokens. */
export const embed: Method<EmbedRequest, EmbedResponse> = {
  operation: 'embeddings',
  request: ({ model, dimensions }) => ({ model, dimensionCount: dimensions }),
  response: ({ model, prompt_eval_count: input }) => ({
    model,
    usage: input === undefined ? undefined : { input },
  }),
}
