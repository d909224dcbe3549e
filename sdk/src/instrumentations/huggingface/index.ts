import type { Adapter, Method } from '../../calls/adapter.ts'
import { chat } from '../openai/chat.ts'
import { endpoint } from './endpoint.ts'
import { generate, generateStream } from './generate.ts'

/** Chats are OpenAI's; that one is streamed is said by the method. */
const chatStream: Method = {
  ...chat,
  isLazy: true,
  request: (request) => ({ ...(chat as Method).request(request), stream: true }),
}

/** The vectors alone come back. */
const embed: Method<{ readonly model?: string }> = {
  operation: 'embeddings',
  request: ({ model }) => ({ model }),
  response: () => ({}),
}

const METHODS: Readonly<Record<string, Method>> = {
  chatCompletion: chat,
  chatCompletionStream: chatStream,
  textGeneration: generate,
  textGenerationStream: generateStream,
  featureExtraction: embed,
}

const NAMES = Object.keys(METHODS)

/** What is asked of the Hub: who serves a model. */
const HUB = /^https:\/\/huggingface\.co\//

/**
 * The `@huggingface/inference` client. Its methods are functions of its modules, each in a file of its own, which
 * instances only hand their arguments on to, by properties that cannot be replaced.
 */
export const huggingface: Adapter = {
  provider: 'huggingface',
  protocol: 'openai',
  module: '@huggingface/inference',
  majors: [4],
  files: ['esm', 'commonjs'].flatMap((form) =>
    NAMES.map((name) => `dist/${form}/tasks/nlp/${name}`),
  ),
  inPieces: true,
  targets: Object.entries(METHODS).map(([name, method]) => ({ name, method })),
  attempt: {
    name: 'fetch',
    option: 1,
    defaults: 'defaultOptions',
    isCall: (url) => !HUB.test(String(url)),
    headers: { requestId: ['x-request-id'], rateLimits: [] },
  },
  isClient: (client) => 'featureExtraction' in client && 'defaultOptions' in client,
  endpoint,
}
