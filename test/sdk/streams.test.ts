import type OpenAI from 'openai'
import { expect, test } from 'vitest'
import { answering, events, read, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry({ captureContent: 'span_only' })
const at = useServer()

const weather = {
  type: 'function' as const,
  function: { name: 'weather', parameters: { type: 'object' } },
}
const withUsage = { stream_options: { include_usage: true } }

/** What only one of two calls can say. */
const PECULIAR = new Set(['gen_ai.request.stream', 'gen_ai.response.time_to_first_chunk'])

/** The attributes of the two spans that there are, without what only a stream can say. */
function both(): object[] {
  return telemetry().spans.map(({ attributes }) =>
    Object.fromEntries(Object.entries(attributes).filter(([name]) => !PECULIAR.has(name))),
  )
}

async function chat(
  request: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> & { model: string },
): Promise<void> {
  const whole = { messages: [{ role: 'user' as const, content: 'Hello' }], ...request }
  await at.client.chat.completions.create(whole)
  await read(await at.client.chat.completions.create({ ...whole, ...withUsage, stream: true }))
}

test.each<[string, Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> & { model: string }]>([
  ['text', { model: 'ordinary' }],
  ['text in pieces that cut characters', { model: 'split' }],
  ['three choices', { model: 'ordinary', n: 3 }],
  ['a tool call', { model: 'tools', tools: [weather] }],
  ['a refusal', { model: 'refusal' }],
  ['structured output', { model: 'json', response_format: { type: 'json_object' } }],
  ['an answer that was cut', { model: 'truncated' }],
  ['an answer that a filter stopped', { model: 'content-filter' }],
])('a chat stream says what the whole answer says: %s', async (_, request) => {
  await chat(request)
  const [whole, streamed] = both()
  expect(streamed).toEqual(whole)
  expect(whole).toHaveProperty(['gen_ai.output.messages'])
})

test.each([
  ['text', 'ordinary'],
  ['a function call', 'tools'],
  ['a refusal', 'refusal'],
  ['an answer that was cut', 'truncated'],
])('a response stream says what the whole response says: %s', async (_, model) => {
  const request = {
    model,
    input: 'Hello',
    tools: [{ type: 'function' as const, name: 'weather', parameters: {}, strict: false }],
  }
  await at.client.responses.create(request)
  await read(await at.client.responses.create({ ...request, stream: true }))
  const [whole, streamed] = both()
  expect(streamed).toEqual(whole)
  expect(whole).toHaveProperty(['gen_ai.output.messages'])
})

test('a legacy completion stream says what the whole completion says', async () => {
  const request = { model: 'ordinary', prompt: 'Once' }
  await at.client.completions.create(request)
  await read(await at.client.completions.create({ ...request, ...withUsage, stream: true }))
  const [whole, streamed] = both()
  expect(streamed).toEqual(whole)
})

test('without usage from the provider no tokens are made up', async () => {
  const request = { model: 'ordinary', messages: [], stream: true as const }
  await read(await at.client.chat.completions.create(request))
  expect(JSON.stringify(telemetry().span().attributes)).not.toContain('gen_ai.usage')
  expect(await telemetry().points('gen_ai.client.inference.usage.input_tokens')).toEqual([])
  expect(await telemetry().points('gen_ai.client.inference.operation.input_tokens')).toEqual([])
})

test('a stream that the application leaves keeps what was said and counted', async () => {
  const request = { model: 'ordinary', messages: [], stream: true as const }
  for await (const { choices } of await at.client.chat.completions.create(request)) {
    if (choices[0]?.delta.content === ' of') break
  }
  const { attributes, status } = telemetry().span()
  expect(status.code).toBe(0)
  expect(attributes).toMatchObject({
    'llmscope.stream.outcome': 'cancelled',
    'gen_ai.response.id': 'chatcmpl-ordinary',
    'gen_ai.output.messages': JSON.stringify([
      { role: 'assistant', parts: [{ type: 'text', content: 'CANARY-ANSWER of' }] },
    ]),
  })
})

const chunk = (index: number, delta: object, more: object = {}): object => ({
  id: 'chatcmpl-1',
  model: 'm',
  choices: [{ index, delta, finish_reason: null }],
  ...more,
})

async function stream(chunks: object[]): Promise<Record<string, unknown>> {
  const client = answering(() => events(chunks))
  await read(await client.chat.completions.create({ model: 'm', messages: [], stream: true }))
  return telemetry().span().attributes
}

test('a choice that never finished has the reason error, where another finished', async () => {
  const attributes = await stream([
    chunk(1, { content: 'b' }),
    { ...chunk(1, {}), choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] },
  ])
  expect(attributes['gen_ai.response.finish_reasons']).toEqual(['error', 'stop'])
})

test.each([
  ['usage in the last chunk', { usage: { prompt_tokens: 5, completion_tokens: 7 } }],
  ['usage where Groq has it', { x_groq: { usage: { prompt_tokens: 5, completion_tokens: 7 } } }],
])('%s is read', async (_, more) => {
  const attributes = await stream([chunk(0, { content: 'a' }), { ...chunk(0, {}), ...more }])
  expect(attributes).toMatchObject({
    'gen_ai.usage.input_tokens': 5,
    'gen_ai.usage.output_tokens': 7,
  })
})

test('reasoning and calls of functions in the older form are part of the answer', async () => {
  const attributes = await stream([
    chunk(0, { reasoning_content: 'Let me ' }),
    chunk(0, { reasoning_content: 'think' }),
    chunk(0, { function_call: { name: 'weather', arguments: '{"city":' } }),
    chunk(0, { function_call: { arguments: '"Rome"}' } }),
  ])
  expect(JSON.parse(String(attributes['gen_ai.output.messages']))).toEqual([
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', content: 'Let me think' },
        { type: 'tool_call', name: 'weather', arguments: { city: 'Rome' } },
      ],
    },
  ])
})

test.each([
  ['a chunk without choices', [{ id: 'x', model: 'm' }, chunk(0, { content: 'ok' })]],
  ['a choice without a delta', [{ choices: [{ index: 0 }] }, chunk(0, { content: 'ok' })]],
  ['an index out of all reason', [chunk(2 ** 31, { content: '!' }), chunk(0, { content: 'ok' })]],
  ['chunks that are no objects', [7 as unknown as object, chunk(0, { content: 'ok' })]],
])('a server that sends %s costs nothing but that', async (_, chunks) => {
  expect((await stream(chunks))['gen_ai.output.messages']).toContain('ok')
})
