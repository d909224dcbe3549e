import { type Answer, event } from '../scripted-server/dialect.ts'
import { type OpenAIApi, datedModel, type RequestBody, SERVER_ERROR } from './api.ts'

const VECTOR = [0.0123, -0.5, 0.25, 0.75]

function answer(request: RequestBody): Answer {
  const inputs = Array.isArray(request.input) ? request.input.length : 1
  const embedding =
    request.encoding_format === 'base64'
      ? Buffer.from(new Float32Array(VECTOR).buffer).toString('base64')
      : VECTOR
  const tokens = 8 + request.model.length
  return {
    body: {
      object: 'list',
      data: Array.from({ length: inputs }, (_, index) => ({
        object: 'embedding',
        index,
        embedding,
      })),
      model: datedModel(request.model),
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    },
    events: [],
    usage: { input: tokens, cached: 0, cacheWritten: 0, output: 0, reasoning: 0 },
    streamsUsage: false,
  }
}

export const embeddings: OpenAIApi = {
  path: '/embeddings',
  answer,
  errorEvent: event({ error: SERVER_ERROR }),
}
