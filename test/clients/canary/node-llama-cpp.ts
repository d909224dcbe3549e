import type { Canary } from '../../sdk/canary/canary.ts'
import { loadLlama } from '../local-models/llama.ts'

const { chat, completion, vectors, ranks } = await loadLlama()
const LIMIT = { maxTokens: 2 }

/** node-llama-cpp, which asks no server. */
export const llamacpp: Canary = {
  name: 'node-llama-cpp',
  calls: (_, { in: plant, key }) => {
    const called = { type: 'functionCall', name: 'look', params: { a: plant('arguments') } }
    const thought = { type: 'segment', segmentType: 'thought', text: plant('thought'), ended: true }
    const history = [
      { type: 'system', text: plant('system') },
      { type: 'user', text: plant('asked') },
      { type: 'model', response: [thought, { ...called, result: plant('result') }, plant('said')] },
      { type: 'user', text: 'the' },
      { type: 'model', response: [] },
    ]
    const signal = AbortSignal.abort(new Error(plant('error')))
    const runs = [
      () => chat.generateResponse(history, { ...LIMIT, customStopTriggers: [key('stop')] }),
      () => chat.generateResponse(history, { ...LIMIT, signal }),
      () => completion.generateCompletion(plant('prompt'), LIMIT),
      () => vectors.getEmbeddingFor(plant('embedded')),
      () => ranks.rankAll(plant('query'), [plant('document')]),
    ]
    return runs.map((run) => ({ answer: { body: {} }, run }))
  },
}
