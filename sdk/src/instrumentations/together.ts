import { togetherHeaders } from '../attempts/header-dialects.ts'
import type { Adapter } from '../calls/adapter.ts'
import { chat } from './openai/chat.ts'
import { completions } from './openai/completions.ts'
import { embeddings } from './openai/embeddings.ts'
import { endpoint } from './openai/endpoint.ts'
import { audio, batches, plainTargets, videos } from './openai/plain.ts'

const images = { generate: 'generate_images' } as const

const files = {
  retrieve: 'retrieve_file',
  list: 'list_files',
  delete: 'delete_file',
  content: 'download_file',
} as const

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
    ...plainTargets('Together', { ...audio, ...batches, ...videos, images, files }),
  ],
  attempt: { owner: 'Together', name: 'fetchWithTimeout', headers: togetherHeaders },
  others: ['@traceloop/instrumentation-together'],
  endpoint,
}
