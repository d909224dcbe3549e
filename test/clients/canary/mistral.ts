import { createRequire } from 'node:module'
import { join } from 'node:path'
import { instrument } from '@llmscope/sdk'
import type { Call, Canary } from '../../sdk/canary/canary.ts'
import type { Secrets } from '../../sdk/canary/secrets.ts'
import { type Mistral, openMistral } from '../mistral-client.ts'
import { install } from '../workspace.ts'

const require = createRequire(join(await install('mistral-2'), 'index.js'))

const MODEL = 'mistral-large-latest'
const HEAD = { id: '1', object: 'chat.completion', created: 1, model: MODEL }
const USAGE = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }

/** The `@mistralai/mistralai` client. Not planted: what every mode tells, such as ids, models and names of tools. */
export const mistral: Canary = {
  name: '@mistralai/mistralai',
  calls: (url, secrets) => {
    const client = instrument(openMistral(require, url, { apiKey: secrets.key('api-key') }))
    return [...chats(client, secrets), ...others(client, secrets), ...failures(client, secrets)]
  },
}

/** Every kind of chunk. */
const chunksOf = (plant: Secrets['in'], where: string): object[] => [
  { type: 'text', text: plant(`${where}-text`) },
  { type: 'thinking', thinking: [{ type: 'text', text: plant(`${where}-thought`) }] },
  { type: 'image_url', imageUrl: plant(`${where}-image`), image_url: plant(`${where}-picture`) },
  { type: 'reference', referenceIds: [1], reference_ids: [1] },
]

function chats(client: Mistral, { in: plant }: Secrets): Call[] {
  const called = (where: string): object => ({
    id: '1',
    function: { name: 'look', arguments: JSON.stringify({ a: plant(where) }) },
  })
  const message = {
    role: 'assistant',
    content: chunksOf(plant, 'answer'),
    tool_calls: [called('arguments')],
  }
  const request = {
    model: MODEL,
    messages: [
      { role: 'system', content: plant('system') },
      { role: 'user', content: chunksOf(plant, 'asked') },
      { role: 'assistant', content: plant('before'), toolCalls: [called('old-arguments')] },
      { role: 'tool', toolCallId: '1', content: plant('result') },
    ],
    tools: [{ function: { name: 'look', description: plant('tool'), parameters: {} } }],
    metadata: { note: plant('metadata') },
  }
  const choice = { index: 0, message, finish_reason: 'stop' }
  const pieces = plant('streamed-answer').match(/.{1,5}/g) ?? []
  const events = pieces.map((content) => ({
    id: '1',
    model: MODEL,
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  }))
  return [
    {
      answer: { body: { ...HEAD, choices: [choice], usage: USAGE } },
      run: () => client.chat.complete(request),
    },
    {
      answer: { body: events },
      run: async () => Array.fromAsync(await client.chat.stream(request)),
    },
  ]
}

function others(client: Mistral, { in: plant }: Secrets): Call[] {
  const message = { role: 'assistant', content: plant('filled') }
  const choice = { index: 0, message, finish_reason: 'stop' }
  const entry = { type: 'message.output', content: plant('conversed') }
  const turn = {
    model: MODEL,
    inputs: [
      { type: 'message.input', role: 'user', content: plant('turn') },
      { type: 'function.result', toolCallId: '1', result: plant('turn-result') },
    ],
    instructions: plant('instruction'),
    description: plant('description'),
  }
  return [
    {
      answer: { body: { ...HEAD, choices: [choice], usage: USAGE } },
      run: () =>
        client.fim.complete({ model: MODEL, prompt: plant('prompt'), suffix: plant('suffix') }),
    },
    {
      answer: { body: { conversation_id: 'c', outputs: [entry], usage: USAGE } },
      run: () => client.beta.conversations.start(turn),
    },
    {
      answer: { body: { id: '1', object: 'list', model: MODEL, data: [], usage: USAGE } },
      run: () => client.embeddings.create({ model: MODEL, inputs: plant('embedded') }),
    },
  ]
}

function failures(client: Mistral, { in: plant }: Secrets): Call[] {
  const run = (): unknown =>
    client.chat.complete({ model: MODEL, messages: [{ role: 'user', content: 'Hello' }] })
  return [
    { answer: { status: 400, body: { object: 'error', message: plant('error') } }, run },
    { answer: { status: 422, body: { detail: [{ msg: plant('invalid'), loc: [] }] } }, run },
    { answer: { status: 502, body: `<html>${plant('error-page')}</html>` }, run },
  ]
}
