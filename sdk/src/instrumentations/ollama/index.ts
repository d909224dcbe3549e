import type { Adapter, Target } from '../../calls/adapter.ts'
import { chat } from './chat.ts'
import { embed } from './embed.ts'
import { generate } from './generate.ts'

interface Client {
  readonly config?: { readonly host?: string }
}

const METHODS = { chat, generate, embed, embeddings: embed }

/** The `ollama` client. Its server runs the models of the machine, or hands on to those of ollama.com. */
export const ollama: Adapter = {
  provider: 'ollama',
  module: 'ollama',
  majors: [0],
  files: ['dist/index', 'dist/browser'],
  targets: Object.entries(METHODS).map(([name, method]): Target => ({
    owner: 'Ollama',
    name,
    method,
  })),
  // each client keeps the function that makes its requests
  attempt: { resource: '', name: 'fetch', headers: { requestId: [], rateLimits: [] } },
  endpoint: (client) => ({ url: (client as Client).config?.host }),
}
