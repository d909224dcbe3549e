import { createRequire } from 'node:module'
import { join } from 'node:path'
import { instrument } from '@llmscope/sdk'
import type { Call, Canary } from '../../sdk/canary/canary.ts'
import type { Secrets } from '../../sdk/canary/secrets.ts'
import type { Ollama, OllamaLibrary } from '../ollama-client.ts'
import { install } from '../workspace.ts'

const require = createRequire(join(await install('ollama-0'), 'index.js'))
const library = require('ollama') as OllamaLibrary

const MODEL = 'llama3.2'
const END = { done: true, done_reason: 'stop', prompt_eval_count: 1, eval_count: 1 }

/** The `ollama` client. Not planted: what every mode tells, such as models and names of tools. */
export const ollama: Canary = {
  name: 'ollama',
  calls: (url, secrets) => {
    const headers = { authorization: secrets.key('header') }
    const client = instrument(new library.Ollama({ host: url, headers }))
    return [...chats(client, secrets), ...others(client, secrets), ...failures(client, secrets)]
  },
}

/** The lines of a stream. */
const lines = (of: readonly object[]): string =>
  of.map((line) => `${JSON.stringify(line)}\n`).join('')

function chats(client: Ollama, { in: plant }: Secrets): Call[] {
  const called = { function: { name: 'look', arguments: { a: [plant('arguments')] } } }
  const message = {
    role: 'assistant',
    content: plant('answer'),
    thinking: plant('thought'),
    tool_calls: [called],
  }
  const request = {
    model: MODEL,
    messages: [
      { role: 'system', content: plant('system') },
      { role: 'user', content: plant('asked'), images: [Buffer.from(plant('image'))] },
      { role: 'assistant', content: '', thinking: plant('old-thought'), tool_calls: [called] },
      { role: 'tool', tool_name: 'look', content: plant('result') },
    ],
    tools: [{ type: 'function', function: { name: 'look', description: plant('tool') } }],
    format: { type: 'object', description: plant('schema') },
  }
  const pieces = plant('streamed-answer').match(/.{1,5}/g) ?? []
  const streamed = pieces.map((content) => ({ message: { role: 'assistant', content } }))
  return [
    { answer: { body: { model: MODEL, message, ...END } }, run: () => client.chat(request) },
    {
      answer: { body: lines([...streamed, { message: { role: 'assistant' }, ...END }]) },
      run: async () => Array.fromAsync(await client.chat({ ...request, stream: true })),
    },
  ]
}

function others(client: Ollama, { in: plant }: Secrets): Call[] {
  const request = { model: MODEL, prompt: plant('prompt'), system: plant('instruction') }
  const answer = { response: plant('completion'), thinking: plant('completion-thought'), ...END }
  return [
    { answer: { body: answer }, run: () => client.generate(request) },
    {
      answer: { body: lines([answer]) },
      run: async () => Array.fromAsync(await client.generate({ ...request, stream: true })),
    },
    {
      answer: { body: { model: 'embedder', embeddings: [[1]], prompt_eval_count: 1 } },
      run: () => client.embed({ model: 'embedder', input: plant('embedded') }),
    },
  ]
}

function failures(client: Ollama, { in: plant }: Secrets): Call[] {
  const request = { model: MODEL, messages: [] }
  return [
    { answer: { status: 400, body: { error: plant('error') } }, run: () => client.chat(request) },
    { answer: { status: 502, body: plant('error-page') }, run: () => client.chat(request) },
    {
      answer: { body: lines([{ error: plant('error-line') }]) },
      run: async () => Array.fromAsync(await client.chat({ ...request, stream: true })),
    },
  ]
}
