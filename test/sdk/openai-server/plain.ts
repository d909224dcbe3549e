import type { Answer } from '../scripted-server/dialect.ts'
import { CREATED, datedModel, type OpenAIApi } from './api.ts'

/** What is no inference. Source: the types of openai 7.57.0. */

const BATCH = { id: 'batch_1', object: 'batch', endpoint: '/v1/responses', status: 'validating' }
const FILE = { id: 'file-1', object: 'file', bytes: 3, created_at: CREATED, purpose: 'batch' }

const plain = (
  path: string | RegExp,
  answer: OpenAIApi['answer'] | object | string,
): OpenAIApi => ({
  path,
  answer: (...call): Answer =>
    typeof answer === 'function'
      ? (answer as OpenAIApi['answer'])(...call)
      : { body: answer, events: [], streamsUsage: false },
})

/** One of a kind, or the list of all. */
const resource = (path: RegExp, one: object): OpenAIApi =>
  plain(path, ({ isList }) => ({
    body: isList ? { object: 'list', data: [one], has_more: false } : one,
    events: [],
    streamsUsage: false,
  }))

const images = { created: CREATED, data: [{ b64_json: 'Q0FOQVJZLUlNQUdF' }] }

export const plainApis: readonly OpenAIApi[] = [
  plain('/audio/speech', 'CANARY-SPEECH'),
  plain(/\/audio\/(transcriptions|translations)$/, { text: 'CANARY-TRANSCRIPT' }),
  plain(/\/images\/(generations|edits|variations)$/, images),
  plain('/moderations', ({ model }) => ({
    body: { id: 'modr-1', model: datedModel(model), results: [{ flagged: false, categories: {} }] },
    events: [],
    streamsUsage: false,
  })),
  plain('/responses/input_tokens', { object: 'response.input_tokens', input_tokens: 11 }),
  plain('/realtime/client_secrets', { value: 'CANARY-SECRET', expires_at: CREATED, session: {} }),
  plain(/\/files\/[^/]+\/content$/, '{"custom_id":"CANARY-FILE"}\n'),
  resource(/\/files(\/[^/]+)?$/, FILE),
  resource(/\/batches(\/[^/]+(\/cancel)?)?$/, BATCH),
]
