import { countedAttempt, type Dialect } from '../scripted-server/dialect.ts'
import { type ScriptedServer, startScriptedServer } from '../scripted-server/server.ts'
import { CREATED, type RequestBody } from './api.ts'
import { messages } from './messages.ts'
import {
  batches,
  batchResults,
  cancelledBatch,
  countTokens,
  models,
  oneBatch,
} from './other-apis.ts'
import * as refusals from './refusals.ts'

const LIMITS = { requests: 4000, tokens: 480_000, 'input-tokens': 400_000, 'output-tokens': 80_000 }

const limits = Object.entries(LIMITS).flatMap(([kind, limit]) => [
  [`anthropic-ratelimit-${kind}-limit`, String(limit)],
  [`anthropic-ratelimit-${kind}-remaining`, String(limit - 1)],
  [`anthropic-ratelimit-${kind}-reset`, CREATED],
])

export const dialect: Dialect<RequestBody> = {
  basePath: '',
  apis: [messages, countTokens, batches, oneBatch, cancelledBatch, batchResults, models],
  refusals,
  malformed: 'event: content_block_delta\ndata: {"type":"content_block_delta","index":\n\n',
  read: ({ origin, pathname }, body, method) => {
    const parsed = (body ? JSON.parse(body) : {}) as Partial<RequestBody>
    return { ...parsed, model: parsed.model ?? '', origin, pathname, method }
  },
  headers: (model) => ({
    'request-id': `req_${model}`,
    'anthropic-organization-id': '00000000-0000-0000-0000-000000000001',
    ...Object.fromEntries(limits),
  }),
  attempt: countedAttempt,
}

/** Starts a scripted server that speaks the wire format of Anthropic's API. */
export function startAnthropicServer(port?: number): Promise<ScriptedServer> {
  return startScriptedServer(dialect, port)
}
