import type { Adapter, Choice, Target } from '../../calls/adapter.ts'
import { Evaluation } from './evaluation.ts'
import { placed, sequenceOf } from './models.ts'
import { complete, completeUser, infill, respond } from './writing.ts'

/** Vectors, of one text a call. */
const embed: Choice = {
  operations: ['embeddings'],
  choose: (_, _rest, self) => {
    const sequence = sequenceOf(self)
    const evaluation = new Evaluation(sequence)
    return {
      operation: 'embeddings',
      request: () => placed(sequence?.model),
      response: () => ({ usage: { input: evaluation.end() } }),
    }
  },
}

const rank: Choice = {
  operations: ['rerank'],
  choose: (_, _rest, self) => ({
    operation: 'rerank',
    request: () => placed(sequenceOf(self)?.model),
    response: () => ({}),
  }),
}

/** By class and method: what others of its methods go through. */
const METHODS: ReadonlyArray<readonly [owner: string, name: string, method: Choice]> = [
  ['LlamaChat', 'generateResponse', respond],
  ['LlamaChat', 'loadChatAndCompleteUserMessage', completeUser],
  ['LlamaCompletion', 'generateCompletionWithMeta', complete],
  ['LlamaCompletion', 'generateInfillCompletionWithMeta', infill],
  ['LlamaEmbeddingContext', 'getEmbeddingFor', embed],
  ['LlamaRankingContext', 'rank', rank],
  ['LlamaRankingContext', 'rankAll', rank],
]

/** node-llama-cpp, which runs models by llama.cpp. A session is a chat that keeps its history. */
export const llamacpp: Adapter = {
  provider: 'llama_cpp',
  module: 'node-llama-cpp',
  majors: [3],
  files: ['dist/index'],
  isLocal: true,
  targets: METHODS.map(([owner, name, method]): Target => ({ owner, name, method })),
  isClient: (client) => sequenceOf(client)?.tokenMeter !== undefined,
  endpoint: () => ({}),
}
