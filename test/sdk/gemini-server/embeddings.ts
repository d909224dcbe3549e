import type { Answer, Api } from '../scripted-server/dialect.ts'
import type { RequestBody } from './request.ts'

const VECTOR = [0.0123, -0.5, 0.25, 0.75]
const TOKENS = 5

const answer = (body: object, input: number): Answer => ({
  body,
  events: [],
  usage: { input, cached: 0, cacheWritten: 0, output: 0, reasoning: 0 },
  streamsUsage: false,
})

/** https://ai.google.dev/api/embeddings: the request is counted as a whole. */
export const geminiEmbeddings: Api<RequestBody> = {
  path: ':batchEmbedContents',
  answer: ({ requests = [] }) => {
    const tokens = TOKENS * requests.length
    const usageMetadata = { promptTokenCount: tokens, totalTokenCount: tokens }
    return answer({ embeddings: requests.map(() => ({ values: VECTOR })), usageMetadata }, tokens)
  },
}

/** Vertex AI counts each input: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api. */
export const vertexEmbeddings: Api<RequestBody> = {
  path: ':predict',
  answer: ({ instances = [] }) => {
    const statistics = { truncated: false, token_count: TOKENS }
    const predictions = instances.map(() => ({ embeddings: { values: VECTOR, statistics } }))
    return answer({ predictions }, TOKENS * instances.length)
  },
}
