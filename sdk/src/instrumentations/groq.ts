import { openaiHeaders } from '../attempts/header-dialects.ts'
import type { Adapter } from '../calls/adapter.ts'
import { chat } from './openai/chat.ts'
import { embeddings } from './openai/embeddings.ts'
import { endpoint } from './openai/endpoint.ts'
import { audio, batches, plainTargets } from './openai/plain.ts'

const files = {
  create: 'upload_file',
  info: 'retrieve_file',
  list: 'list_files',
  delete: 'delete_file',
  content: 'download_file',
} as const

/** The `groq-sdk` client, versions 0 and 1, which speaks OpenAI's protocol. */
export const groq: Adapter = {
  provider: 'groq',
  protocol: 'openai',
  module: 'groq-sdk',
  majors: [0, 1],
  files: ['index', 'client'],
  targets: [
    { owner: 'Groq.Chat.Completions', resource: 'chat.completions', name: 'create', method: chat },
    { owner: 'Groq.Embeddings', resource: 'embeddings', name: 'create', method: embeddings },
    ...plainTargets('Groq', { ...audio, ...batches, files }),
  ],
  attempt: { owner: 'Groq', name: 'fetchWithTimeout', headers: openaiHeaders },
  endpoint,
}
