import type { Answer, Dialect } from '../scripted-server/dialect.ts'
import { type ScriptedServer, startScriptedServer } from '../scripted-server/server.ts'
import { datedModel, type MistralApi, plain, type RequestBody, usageOf } from './api.ts'
import { completions } from './completions.ts'
import { conversations } from './conversations.ts'
import * as refusals from './refusals.ts'

/**
 * Sources: docs.mistral.ai/api, for shapes; the types of the client, versions 1.15.1 and 2.7.0; issue 169 of
 * mistralai/client-ts, for the headers.
 */

const MODEL_IN_FORM = /name="model"\r\n\r\n([^\r]*)/
const VECTOR = [0.0123, -0.5, 0.25, 0.75]
const FILE = {
  id: 'f6eb9d73-4d6f-4d3b-8d41-e4a9c6a2e0a1',
  object: 'file',
  bytes: 3,
  created_at: 1,
  filename: 'a.jsonl',
  purpose: 'batch',
  sample_type: 'batch_request',
  source: 'upload',
  deleted: false,
}

function embed({ model, input }: RequestBody): Answer {
  const tokens = 8 + model.length
  const texts = Array.isArray(input) ? input.length : 1
  const usage = { input: tokens, cached: 0, cacheWritten: 0, output: 0, reasoning: 0 }
  return {
    body: {
      id: `embd-${model}`,
      object: 'list',
      model: datedModel(model),
      data: Array.from({ length: texts }, (_, index) => ({
        object: 'embedding',
        index,
        embedding: VECTOR,
      })),
      usage: usageOf(usage),
    },
    events: [],
    usage,
    streamsUsage: false,
  }
}

const others: readonly MistralApi[] = [
  { path: '/v1/embeddings', answer: embed },
  plain('/moderations', { id: 'mod-1', model: 'mistral-moderation', results: [] }),
  plain('/classifications', { id: 'class-1', model: 'classifier', results: [] }),
  plain('/ocr', {
    model: 'mistral-ocr',
    pages: [{ index: 0, markdown: 'CANARY-ANSWER', images: [], dimensions: null }],
    usage_info: { pages_processed: 1, doc_size_bytes: 3 },
  }),
  plain('/audio/transcriptions', {
    model: 'voxtral-mini',
    text: 'CANARY-TRANSCRIPT',
    language: null,
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }),
  plain(/\/v1\/files\/[^/]+$/, FILE),
  plain('/v1/files', FILE),
  plain('/v1/models', { object: 'list', data: [] }),
]

/** The fields of a body in JSON; of a form with files in it, the model. */
function fieldsOf(body: string): Partial<RequestBody> {
  if (body.startsWith('{')) return JSON.parse(body) as Partial<RequestBody>
  const model = MODEL_IN_FORM.exec(body)?.[1]
  return model === undefined ? {} : { model }
}

export const dialect: Dialect<RequestBody> = {
  basePath: '',
  apis: [completions, conversations, ...others],
  refusals,
  malformed: 'data: {"id":"cmpl-1","choices":[\n\n',
  read: (_, body) => {
    const fields = fieldsOf(body)
    return { ...fields, model: fields.model ?? fields.agent_id ?? '' }
  },
  headers: (model) => ({
    'mistral-correlation-id': `correlation-${model}`,
    'x-ratelimit-limit-tokens-minute': '5000000',
    'x-ratelimit-remaining-tokens-minute': '4999911',
    'x-ratelimit-limit-req-minute': '720',
    'x-ratelimit-remaining-req-minute': '717',
  }),
  // the client does not say which of its attempts a request is
  attempt: ({ path, body }, earlier) =>
    earlier.filter((other) => other.path === path && other.body === body && other.status !== 200)
      .length,
}

/** Starts a scripted server that speaks Mistral's wire format. */
export function startMistralServer(port?: number): Promise<ScriptedServer> {
  return startScriptedServer(dialect, port)
}
