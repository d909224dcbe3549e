import { togetherHeaders } from '../attempts/header-dialects.ts'
import type { Adapter } from '../calls/adapter.ts'
import { chat } from './openai/chat.ts'
import { completions } from './openai/completions.ts'
import { embeddings } from './openai/embeddings.ts'
import { endpoint } from './openai/endpoint.ts'

/** The `together-ai` client, which speaks OpenAI's protocol. */
export const together: Adapter = {
  provider: 'together_ai',
  protocol: 'openai',
  module: 'together-ai',
  majors: [0],
  files: ['index', 'client'],
  targets: [
    {
      owner: 'Together.Chat.Completions',
      resource: 'chat.completions',
      name: 'create',
      method: chat,
    },
    { owner: 'Together.Completions', resource: 'completions', name: 'create', method: completions },
    { owner: 'Together.Embeddings', resource: 'embeddings', name: 'create', method: embeddings },
  ],
  attempt: { owner: 'Together', name: 'fetchWithTimeout', headers: togetherHeaders },
  others: ['@traceloop/instrumentation-together'],
  endpoint,
}
