import { countedAttempt, type Dialect } from '../scripted-server/dialect.ts'
import { type ScriptedServer, startScriptedServer } from '../scripted-server/server.ts'
import type { OpenAIApi, RequestBody } from './api.ts'
import { chat } from './chat.ts'
import { completions } from './completions.ts'
import { embeddings } from './embeddings.ts'
import { plainApis } from './plain.ts'
import * as refusals from './refusals.ts'
import { responses } from './responses.ts'

const MODEL_IN_FORM = /name="model"\r\n\r\n([^\r]*)/
const AZURE_DEPLOYMENT = /\/openai\/deployments\/([^/]+)\//

export const models: OpenAIApi = {
  path: '/models',
  answer: () => ({
    body: { object: 'list', data: [{ id: 'gpt-4o', object: 'model' }] },
    events: [],
    streamsUsage: false,
  }),
}

/** The fields of a body in JSON; of a form with files in it, the model. */
function fieldsOf(body: string): Partial<RequestBody> {
  if (!body.startsWith('--')) return (body ? JSON.parse(body) : {}) as Partial<RequestBody>
  const model = MODEL_IN_FORM.exec(body)?.[1]
  return model === undefined ? {} : { model }
}

export const dialect: Dialect<RequestBody> = {
  basePath: '/v1',
  // `/chat/completions` ends like `/completions`: the longer path comes first.
  apis: [chat, responses, embeddings, completions, models, ...plainApis],
  refusals,
  malformed: 'data: {"id":"chatcmpl-1","choices":[\n\n',
  read: ({ pathname }, body, method) => {
    const deployment = AZURE_DEPLOYMENT.exec(pathname)?.[1]
    const parsed = fieldsOf(body)
    const model = parsed.model ?? decodeURIComponent(deployment ?? '')
    const isList = method === 'GET' && /\/(files|batches)$/.test(pathname)
    return { ...parsed, model, azure: deployment !== undefined, isList }
  },
  headers: (model) => ({
    'x-request-id': `req_${model}`,
    'openai-organization': 'org-1',
    'openai-processing-ms': '12',
    'openai-version': '2020-10-01',
    'x-ratelimit-limit-requests': '10000',
    'x-ratelimit-limit-tokens': '30000000',
    'x-ratelimit-remaining-requests': '9999',
    'x-ratelimit-remaining-tokens': '29999971',
    'x-ratelimit-reset-requests': '6ms',
    'x-ratelimit-reset-tokens': '0s',
  }),
  attempt: countedAttempt,
}

export type OpenAIServer = ScriptedServer

/** Starts a scripted server that speaks the OpenAI wire format, and Azure's. */
export function startOpenAIServer(port?: number): Promise<ScriptedServer> {
  return startScriptedServer(dialect, port)
}
