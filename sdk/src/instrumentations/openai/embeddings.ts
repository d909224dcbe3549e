import type { CreateEmbeddingResponse, EmbeddingCreateParams } from 'openai/resources/embeddings'
import type { Method } from '../../calls/adapter.ts'

/** Embeddings. The vectors stay where they are: neither input nor output is content of the span. */
export const embeddings: Method<EmbeddingCreateParams, CreateEmbeddingResponse> = {
  operation: 'embeddings',
  request: ({ model, encoding_format, dimensions }) => ({
    model,
    encodingFormats: encoding_format && [encoding_format],
    dimensionCount: dimensions,
  }),
  response: ({ model, usage }) => ({ model, usage: usage && { input: usage.prompt_tokens } }),
}
