import { instrument } from '@llmscope/sdk'
import OpenAI, { AzureOpenAI } from 'openai'
import type { Call, Canary } from './canary.ts'
import type { Secrets } from './secrets.ts'

const MODEL = 'gpt-5-mini'

/** The `openai` client. Not planted: what every mode tells, such as ids, models and names of tools. */
export const openai: Canary = {
  name: 'openai',
  calls: (url, secrets) => {
    const client = instrument(
      new OpenAI({
        baseURL: `${url}/v1`,
        apiKey: secrets.key('api-key'),
        organization: secrets.key('organization'),
        project: secrets.key('project'),
        maxRetries: 0,
        defaultHeaders: { 'x-secret': secrets.key('header') },
        defaultQuery: { 'api-key': secrets.key('query') },
      }),
    )
    return [
      ...chats(client, secrets),
      ...responses(client, secrets),
      ...others(client, secrets),
      ...failures(client, url, secrets),
    ]
  },
}

function chats(client: OpenAI, { in: plant }: Secrets): Call[] {
  const request = chatRequest(plant)
  const message = {
    role: 'assistant',
    content: plant('answer'),
    refusal: plant('refusal'),
    reasoning_content: plant('reasoning'),
    tool_calls: [called(JSON.stringify({ a: { b: plant('call-arguments') } }))],
  }
  const headers = { 'x-note': 'planted-response-header', 'set-cookie': 'session=planted-cookie' }
  const whole = {
    id: 'chat-1',
    model: MODEL,
    choices: [{ index: 0, finish_reason: 'stop', message }],
  }
  const streamed = plant('streamed-answer')
  const streamedArguments = JSON.stringify({ a: `line\n${plant('streamed-arguments')}` })
  const chunk = (delta: object): object => ({
    id: 'chat-2',
    model: MODEL,
    choices: [{ index: 0, delta }],
  })
  const chunks = [
    ...inPieces(streamed).map((content) => chunk({ content })),
    ...inPieces(streamedArguments).map((text, index) =>
      chunk({ tool_calls: [{ ...called(text), index: 0, ...(index > 0 && { id: undefined }) }] }),
    ),
  ]
  const error = { error: { message: plant('stream-error'), type: 'server_error', code: null } }
  const stream = async (): Promise<unknown> =>
    Array.fromAsync(await client.chat.completions.create({ ...request, stream: true }))
  return [
    {
      answer: { body: whole, headers },
      run: () =>
        client.chat.completions.create(request, {
          headers: { 'x-call': plant('call-header') },
          query: { token: 'planted-query-token' },
        }),
    },
    { answer: { body: chunks }, run: stream },
    { answer: { body: [...chunks.slice(0, 3), error] }, run: stream },
    {
      answer: { body: chunks },
      run: async () => {
        for await (const _ of await client.chat.completions.create({ ...request, stream: true }))
          break
      },
    },
  ]
}

function chatRequest(plant: Secrets['in']): OpenAI.ChatCompletionCreateParamsNonStreaming {
  const parameters = { type: 'object', description: plant('tool-parameters') }
  return {
    model: MODEL,
    messages: [
      { role: 'system', content: plant('system') },
      { role: 'developer', content: [{ type: 'text', text: plant('developer') }] },
      {
        role: 'user',
        name: plant('user-name'),
        content: [
          { type: 'text', text: plant('text') },
          { type: 'image_url', image_url: { url: `https://a.example/?api-key=${plant('url')}` } },
          { type: 'file', file: { file_data: plant('file'), filename: plant('file-name') } },
        ],
      },
      { role: 'assistant', refusal: plant('old-refusal'), tool_calls: [called(plant('no-json'))] },
      { role: 'assistant', function_call: { name: 'look', arguments: plant('old-arguments') } },
      {
        role: 'tool',
        tool_call_id: 'call-1',
        content: JSON.stringify({ a: plant('tool-result') }),
      },
      { role: 'user', content: JSON.stringify({ a: JSON.stringify({ b: plant('nested-json') }) }) },
    ],
    tools: [
      { type: 'function', function: { name: 'look', description: plant('tool'), parameters } },
    ],
    metadata: { note: plant('metadata') },
    user: plant('user'),
    safety_identifier: plant('safety'),
    prompt_cache_key: plant('cache-key'),
    prediction: { type: 'content', content: plant('prediction') },
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'a', description: plant('schema') },
    },
  }
}

function responses(client: OpenAI, { in: plant }: Secrets): Call[] {
  const output = [
    { type: 'reasoning', id: 'r', summary: [{ type: 'summary_text', text: plant('summary') }] },
    {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: plant('output') }],
    },
    { type: 'function_call', call_id: 'c', name: 'look', arguments: plant('output-arguments') },
    { type: 'web_search_call', id: 'w', action: { type: 'search', query: plant('search') } },
  ]
  const request: OpenAI.Responses.ResponseCreateParamsNonStreaming = {
    model: MODEL,
    instructions: plant('instructions'),
    input: [
      { role: 'user', content: plant('input') },
      { type: 'function_call_output', call_id: 'c', output: plant('call-output') },
    ],
    metadata: { note: plant('response-metadata') },
  }
  const failed = { code: 'server_error', message: plant('failed-response') }
  return [
    {
      answer: { body: { id: 'resp-1', model: MODEL, status: 'completed', output } },
      run: () => client.responses.create(request),
    },
    {
      answer: { body: { id: 'resp-2', model: MODEL, status: 'failed', error: failed, output: [] } },
      run: () => client.responses.create({ model: MODEL, input: plant('input-text') }),
    },
    {
      answer: {
        body: inPieces(plant('streamed-output')).map((delta) => ({
          type: 'response.output_text.delta',
          delta,
        })),
      },
      run: async () => Array.fromAsync(await client.responses.create({ ...request, stream: true })),
    },
  ]
}

function others(client: OpenAI, { in: plant }: Secrets): Call[] {
  return [
    {
      answer: {
        body: { id: 'c', model: MODEL, choices: [{ index: 0, text: plant('completion') }] },
      },
      run: () =>
        client.completions.create({
          model: MODEL,
          prompt: plant('prompt'),
          suffix: plant('suffix'),
        }),
    },
    {
      answer: { body: { model: MODEL, data: [], usage: { prompt_tokens: 1 } } },
      run: () =>
        client.embeddings.create({
          model: MODEL,
          input: plant('embedded'),
          user: plant('embedder'),
        }),
    },
  ]
}

function failures(client: OpenAI, url: string, { in: plant, key }: Secrets): Call[] {
  const error = {
    message: plant('error'),
    type: plant('error-type'),
    code: key('error-code'),
    param: plant('error-parameter'),
  }
  const azure = instrument(
    new AzureOpenAI({
      endpoint: url,
      apiKey: key('azure-key'),
      apiVersion: '2025-01-01',
      maxRetries: 0,
    }),
  )
  const unreachable = instrument(
    new OpenAI({
      baseURL: `${url}/v1`,
      apiKey: 'none',
      maxRetries: 0,
      fetch: () => Promise.reject(new TypeError(plant('network'), { cause: plant('cause') })),
    }),
  )
  return [
    { answer: { status: 400, body: { error } }, run: create(client) },
    {
      answer: { status: 429, body: { error }, headers: { 'retry-after': '1' } },
      run: create(azure),
    },
    { answer: { status: 502, body: `<html>${plant('error-page')}</html>` }, run: create(client) },
    { answer: { body: 'planted-no-json' }, run: create(client) },
    { answer: { body: {} }, run: create(unreachable) },
  ]
}

const called = (text: string): OpenAI.ChatCompletionMessageFunctionToolCall => ({
  id: 'call-1',
  type: 'function',
  function: { name: 'look', arguments: text },
})

const create = (client: OpenAI) => async (): Promise<unknown> =>
  client.chat.completions.create({ model: MODEL, messages: [] })

/** A text as a stream brings it, its secrets in pieces. */
function inPieces(text: string): string[] {
  return text.match(/[\s\S]{1,5}/g) ?? []
}
