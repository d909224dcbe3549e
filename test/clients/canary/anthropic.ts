import { createRequire } from 'node:module'
import { join } from 'node:path'
import { instrument } from '@llmscope/sdk'
import type { Call, Canary } from '../../sdk/canary/canary.ts'
import type { Secrets } from '../../sdk/canary/secrets.ts'
import type { Anthropic, AnthropicLibrary } from '../anthropic-client.ts'
import { install } from '../workspace.ts'

const MODEL = 'claude-opus-5'

/** The `@anthropic-ai/sdk` client. Not planted: what every mode tells, such as ids, models and names of tools. */
const canaryOf = (version: string, { Anthropic: Client }: AnthropicLibrary): Canary => ({
  name: version,
  calls: (url, secrets) => {
    const client = instrument(
      new Client({
        baseURL: url,
        apiKey: secrets.key('api-key'),
        maxRetries: 0,
        defaultHeaders: { 'x-secret': secrets.key('header') },
        defaultQuery: { 'api-key': secrets.key('query') },
        // what the application asks of the client's own tracing is not what it asks of us
        openTelemetry: { traces: { contentMode: 'content' } },
      }),
    )
    return [
      ...answered(client, secrets),
      ...tools(client, secrets),
      ...others(client, secrets),
      ...failures(client, secrets),
    ]
  },
})

const canaryIn = async (version: string): Promise<Canary> => {
  const require = createRequire(join(await install(version), 'index.js'))
  return canaryOf(version, require('@anthropic-ai/sdk') as AnthropicLibrary)
}

/** The last that does not trace itself, and one that does. */
export const anthropic: readonly Canary[] = await Promise.all(
  ['anthropic-0.133', 'anthropic-1'].map(canaryIn),
)

function answered(client: Anthropic, { in: plant }: Secrets): Call[] {
  const request = requestOf(plant)
  const whole = { body: messageOf(blocks(plant, 'answer')) }
  const events = eventsOf(plant)
  const error = { type: 'error', error: { type: 'api_error', message: plant('stream-error') } }
  const stream = async (): Promise<unknown> =>
    Array.fromAsync(await client.messages.create({ ...request, stream: true }))
  return [
    {
      answer: { ...whole, headers: { 'x-note': 'planted-response-header' } },
      run: () =>
        client.messages.create(request, {
          headers: { 'x-call': plant('call-header').slice(0, 40) },
          query: { token: 'planted-query-token' },
        }),
    },
    { answer: { body: events }, run: stream },
    { answer: { body: [...events.slice(0, 3), error] }, run: stream },
    {
      answer: { body: events },
      run: async () => {
        for await (const _ of await client.messages.create({ ...request, stream: true })) break
      },
    },
    { answer: { body: events }, run: () => client.messages.stream(request).finalMessage() },
    { answer: whole, run: () => client.beta.messages.create(request) },
  ]
}

function requestOf(plant: Secrets['in']): object {
  const base64 = (where: string): string => Buffer.from(plant(where)).toString('base64')
  const results = [
    { type: 'text', text: plant('result-text') },
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: base64('result') } },
  ]
  return {
    model: MODEL,
    max_tokens: 9,
    system: [{ type: 'text', text: plant('system') }],
    messages: [
      { role: 'user', content: plant('text') },
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: base64('i') } },
          { type: 'image', source: { type: 'url', url: `https://a.example/?k=${plant('url')}` } },
          { type: 'document', title: plant('title'), source: { type: 'text', data: plant('doc') } },
          { type: 'later', later: plant('unknown-block') },
        ],
      },
      { role: 'assistant', content: blocks(plant, 'asked') },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: results }] },
      { role: 'user', content: [{ type: 'tool_result', content: plant('result') }] },
    ],
    metadata: { user_id: plant('user') },
    stop_sequences: [secretOnly(plant('stop'))],
    tools: [
      { name: 'look', description: plant('tool'), input_schema: { description: plant('schema') } },
    ],
    output_config: { format: { type: 'json_schema', schema: { description: plant('output') } } },
  }
}

/** Every kind of block that a model writes. */
function blocks(plant: Secrets['in'], where: string): object[] {
  return [
    { type: 'thinking', thinking: plant(`${where}-thought`), signature: plant(`${where}-sign`) },
    { type: 'redacted_thinking', data: plant(`${where}-redacted`) },
    { type: 'text', text: plant(`${where}-text`), citations: [{ cited: plant(`${where}-cited`) }] },
    { type: 'tool_use', id: 'a', name: 'look', input: { a: [plant(`${where}-input`)] } },
    { type: 'server_tool_use', id: 'b', name: 'web_search', input: { q: plant(`${where}-q`) } },
    { type: 'web_search_tool_result', tool_use_id: 'b', content: [{ t: plant(`${where}-found`) }] },
  ]
}

const messageOf = (content: readonly object[]): object => ({
  id: 'msg-1',
  type: 'message',
  role: 'assistant',
  model: MODEL,
  content,
  stop_reason: 'end_turn',
  usage: { input_tokens: 1, output_tokens: 1 },
})

const block = (index: number, content_block: object, deltas: object[]): object[] => [
  { type: 'content_block_start', index, content_block },
  ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
  { type: 'content_block_stop', index },
]

function eventsOf(plant: Secrets['in']): object[] {
  const input = JSON.stringify({ a: `line\n${plant('streamed-input')}` })
  return [
    { type: 'message_start', message: { ...messageOf([]), stop_reason: null } },
    ...block(
      0,
      { type: 'thinking', thinking: '' },
      inPieces(plant('streamed-thought')).map((text) => ({
        type: 'thinking_delta',
        thinking: text,
      })),
    ),
    ...block(
      1,
      { type: 'text', text: '' },
      inPieces(plant('streamed-text')).map((text) => ({ type: 'text_delta', text })),
    ),
    ...block(
      2,
      { type: 'tool_use', id: 'a', name: 'look', input: {} },
      inPieces(input).map((partial_json) => ({ type: 'input_json_delta', partial_json })),
    ),
    {
      type: 'message_delta',
      delta: { stop_reason: 'stop_sequence', stop_sequence: plant('stopped') },
      usage: { output_tokens: 9 },
    },
    { type: 'message_stop' },
  ]
}

function tools(client: Anthropic, { in: plant }: Secrets): Call[] {
  const call = { type: 'tool_use', id: 'a', name: 'look', input: { a: plant('runner-input') } }
  const answer = { body: { ...messageOf([call]), stop_reason: 'tool_use' } }
  const run = (result: () => string) => (): unknown =>
    client.beta.messages
      .toolRunner({
        model: MODEL,
        max_tokens: 9,
        max_iterations: 2,
        messages: [{ role: 'user', content: plant('runner') }],
        tools: [
          {
            type: 'custom',
            name: 'look',
            description: plant('runner-tool'),
            input_schema: { type: 'object' },
            parse: (input: unknown) => input,
            run: result,
          },
        ],
      })
      .runUntilDone()
  return [
    { answer, run: run(() => plant('runner-result')) },
    {
      answer,
      run: run(() => {
        throw new RangeError(plant('runner-error'))
      }),
    },
  ]
}

function others({ messages: resource }: Anthropic, { in: plant }: Secrets): Call[] {
  const messages = [{ role: 'user', content: plant('counted') }]
  const params = { model: MODEL, max_tokens: 9, messages }
  return [
    {
      answer: { body: { input_tokens: 1 } },
      run: () => resource.countTokens({ model: MODEL, messages }),
    },
    {
      answer: { body: { id: 'batch-1' } },
      run: () => resource.batches.create({ requests: [{ custom_id: plant('custom-id'), params }] }),
    },
  ]
}

function failures(client: Anthropic, { in: plant }: Secrets): Call[] {
  const error = { type: plant('error-type'), message: plant('error') }
  const run = (): unknown => client.messages.create({ model: MODEL, max_tokens: 9, messages: [] })
  return [
    { answer: { status: 400, body: { type: 'error', error } }, run },
    { answer: { status: 502, body: `<html>${plant('error-page')}</html>` }, run },
    { answer: { body: 'planted-no-json' }, run },
  ]
}

/** The part of a planted text that is sent redacted in every mode, or not at all. */
const secretOnly = (text: string): string => text.split(' ')[1] ?? ''

/** A text as a stream brings it, its secrets in pieces. */
const inPieces = (text: string): string[] => text.match(/[\s\S]{1,5}/g) ?? []
