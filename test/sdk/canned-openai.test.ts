import OpenAI, { APIError } from 'openai'
import type { CompletionUsage } from 'openai/resources/completions'
import { afterEach, expect, test } from 'vitest'
import {
  type CannedOpenAi,
  type CannedOpenAiOptions,
  startCannedOpenAi,
} from '../../examples/canned-openai/server.ts'

let server: CannedOpenAi | undefined

afterEach(() => server?.close())

async function connect(options: CannedOpenAiOptions = {}, maxRetries = 2): Promise<OpenAI> {
  server = await startCannedOpenAi({ speed: 100, faultRate: 0, ...options })
  return new OpenAI({ baseURL: server.url, apiKey: 'canned', maxRetries })
}

const model = 'gpt-5-mini'
const functionTool = (name: string, properties: object) => ({
  type: 'function' as const,
  function: { name, parameters: { type: 'object', properties } },
})
const tools = [
  functionTool('weather', { city: { enum: ['Oslo', 'Rome'] } }),
  functionTool('calculator', { expression: { type: 'string' } }),
]
const question = { role: 'user' as const, content: 'How warm is Rome 2 days before day 30?' }

function dot(left: number[], right: number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)
}

function ask(content: string) {
  return { model, messages: [{ role: 'user' as const, content }] }
}

test('every answer says that it is canned, in its text and in a header', async () => {
  const client = await connect()
  const { data, response } = await client.chat.completions.create(ask('Hello')).withResponse()
  expect(data.choices[0]?.message.content).toMatch(/^\(canned answer\) /)
  expect(response.headers.get('x-llmscope-canned')).toBe('true')
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-request-id': expect.stringMatching(/^req_/),
    'openai-processing-ms': expect.stringMatching(/^\d+$/),
  })
})

test('a stream has the role first, the text in pieces, and the usage last and only when asked', async () => {
  const client = await connect()
  const whole = await client.chat.completions.create(ask('Hello'))
  const request = { ...ask('Hello'), stream: true as const }
  const plain = await Array.fromAsync(await client.chat.completions.create(request))
  const counted = await Array.fromAsync(
    await client.chat.completions.create({ ...request, stream_options: { include_usage: true } }),
  )
  expect(plain[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '', refusal: null })
  expect(plain.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(
    whole.choices[0]?.message.content,
  )
  expect(plain.at(-1)?.choices[0]?.finish_reason).toBe('stop')
  expect(plain.some((chunk) => 'usage' in chunk)).toBe(false)
  expect(counted.slice(0, -1).every(({ usage }) => usage === null)).toBe(true)
  expect(counted.at(-1)).toMatchObject({ choices: [], usage: whole.usage })
})

test('with tools it plans, calls two different tools with arguments from the conversation, and answers', async () => {
  const client = await connect()
  const planned = await client.chat.completions.create({
    model,
    messages: [question],
    tools,
    tool_choice: 'none',
  })
  expect(planned.choices[0]?.message.content).toContain('weather, then calculator')

  const messages: OpenAI.ChatCompletionMessageParam[] = [question]
  const calls: unknown[] = []
  for (const result of ['it is 21 degrees', 'it is 1260']) {
    const { choices } = await client.chat.completions
      .stream({ model, messages, tools })
      .finalChatCompletion()
    const [call] = choices[0]?.message.tool_calls ?? []
    if (call?.type !== 'function') throw new Error('no tool was called')
    expect(choices[0]?.finish_reason).toBe('tool_calls')
    calls.push([call.function.name, JSON.parse(call.function.arguments)])
    messages.push({ role: 'assistant', tool_calls: [call] })
    messages.push({ role: 'tool', tool_call_id: call.id, content: result })
  }
  expect(calls).toEqual([
    ['weather', { city: 'Rome' }],
    ['calculator', { expression: '2 * 30 * 21' }],
  ])
  const answered = await client.chat.completions.create({ model, messages, tools })
  expect(answered.choices[0]).toMatchObject({
    finish_reason: 'stop',
    message: { content: expect.stringContaining('it is 21 degrees and it is 1260') },
  })
})

test('a repeated beginning of a prompt is billed as cached, and a reasoning model bills reasoning', async () => {
  const client = await connect()
  const story = 'A long story about many things. '.repeat(30)
  const first = await client.chat.completions.create(ask(`${story}What is it about?`))
  const second = await client.chat.completions.create(ask(`${story}Who wrote it?`))
  const other = await client.chat.completions.create({ ...ask(story), model: 'gpt-4.1-mini' })
  expect(first.usage?.prompt_tokens_details?.cached_tokens).toBe(0)
  expect(second.usage?.prompt_tokens_details?.cached_tokens).toBe(128)
  expect(second.usage?.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(0)
  expect(other.usage?.prompt_tokens_details?.cached_tokens).toBe(0)
  expect(other.usage?.completion_tokens_details?.reasoning_tokens).toBe(0)
})

test('texts that share words have close embeddings, in numbers and in base64', async () => {
  const client = await connect()
  const input = ['a checkpoint is written', 'who has written the checkpoint?', 'gardens in spring']
  const request = { model: 'text-embedding-3-small', input }
  const decoded = await client.embeddings.create(request)
  const { data, usage } = await client.embeddings.create({ ...request, encoding_format: 'float' })
  const [a = [], b = [], c = []] = data.map(({ embedding }) => embedding)
  expect(decoded.data).toEqual(data)
  expect(a).toHaveLength(1536)
  expect(dot(a, b)).toBeGreaterThan(0.5)
  expect(dot(a, c)).toBeLessThan(0.1)
  expect(usage.total_tokens).toBe(usage.prompt_tokens)
})

test('it fails in turn with a 429 that says when to come back and with a 500', async () => {
  const client = await connect({ faultRate: 1 }, 0)
  const failures = [ask('One'), ask('Two')].map(async (request) =>
    client.chat.completions.create(request).catch((error: unknown) => error),
  )
  const errors = (await Promise.all(failures)) as APIError[]
  expect(errors.map(({ status, code }) => [status, code])).toEqual([
    [429, 'rate_limit_exceeded'],
    [500, null],
  ])
  expect(errors[0]?.headers?.get('retry-after-ms')).toMatch(/^\d+$/)
})

test('the client recovers from failures by its own retries', async () => {
  const statuses: number[] = []
  const client = (await connect({ faultRate: 0.1 })).withOptions({
    fetch: async (...request) => {
      const response = await fetch(...request)
      statuses.push(response.status)
      return response
    },
  })
  for (let count = 0; count < 5; count++) await client.chat.completions.create(ask('Again'))
  expect(statuses).toEqual([200, 429, 200, 200, 500, 200, 200])
  expect(server?.billed[model]?.requests).toBe(5)
})

test('what it bills is what the client was told, to the token, and failures are free', async () => {
  const client = await connect({ faultRate: 0.1 })
  const seen: CompletionUsage[] = []
  for (const content of ['What is a token?', 'And a chunk?', 'What is a token?']) {
    const { usage } = await client.chat.completions.create(ask(content))
    const streamed = client.chat.completions.stream({
      ...ask(content.repeat(40)),
      stream_options: { include_usage: true },
    })
    seen.push(
      ...[usage, (await streamed.finalChatCompletion()).usage].filter((value) => value != null),
    )
  }
  await client.chat.completions.create({ ...ask('Hi'), model: 'none' }).catch(() => undefined)
  const { usage } = await client.embeddings.create({ model: 'text-embedding-3-small', input: 'Hi' })

  const sum = (read: (value: CompletionUsage) => number | undefined) =>
    seen.reduce((total, value) => total + (read(value) ?? 0), 0)
  const chat = {
    requests: 6,
    input: sum(({ prompt_tokens }) => prompt_tokens),
    output: sum(({ completion_tokens }) => completion_tokens),
    cacheRead: sum(({ prompt_tokens_details }) => prompt_tokens_details?.cached_tokens),
    reasoning: sum(({ completion_tokens_details }) => completion_tokens_details?.reasoning_tokens),
  }
  expect(server?.billed).toEqual({
    [model]: chat,
    'text-embedding-3-small': {
      requests: 1,
      input: usage.prompt_tokens,
      output: 0,
      cacheRead: 0,
      reasoning: 0,
    },
  })
  expect(chat.cacheRead).toBeGreaterThan(0)
})

test('a stream that the client leaves is not billed', async () => {
  const client = await connect({ speed: 2 })
  const abandoned = await client.chat.completions.create({ ...ask('Hi'), stream: true })
  for await (const chunk of abandoned) if (chunk.choices.length > 0) break
  // The same again takes longer than what was left of the first.
  await client.chat.completions.create(ask('Hi'))
  expect(server?.billed[model]?.requests).toBe(1)
})

test('requests that make no sense get the errors that OpenAI gives', async () => {
  const client = await connect()
  const failure = (body: object) =>
    client.chat.completions
      .create(body as never)
      .then(undefined, (error: APIError) => [error.status, error.code, error.param])
  expect(await failure({ ...ask('Hi'), model: 'gpt-0' })).toEqual([404, 'model_not_found', null])
  expect(await failure({ model })).toEqual([400, 'missing_required_parameter', 'messages'])
  expect(await failure({ ...ask('Hi'), n: 3 })).toEqual([400, 'invalid_value', 'n'])
  const broken = await fetch(`${server?.url}/chat/completions`, { method: 'POST', body: '{"model' })
  expect([broken.status, await broken.json()]).toMatchObject([
    400,
    { error: { type: 'invalid_request_error', message: expect.stringContaining('JSON') } },
  ])
  expect((await fetch(`${server?.url}/nothing`)).status).toBe(404)
})

test('it lists its models', async () => {
  const client = await connect()
  const { data } = await client.models.list()
  expect(data.map(({ id }) => id)).toEqual(['gpt-5-mini', 'gpt-4.1-mini', 'text-embedding-3-small'])
})

test('at full speed the first token takes at least 150 ms', async () => {
  const client = await connect({ speed: 1 })
  const started = performance.now()
  const stream = await client.chat.completions.create({ ...ask('Hello'), stream: true })
  await stream[Symbol.asyncIterator]().next()
  const elapsed = performance.now() - started
  stream.controller.abort()
  expect(elapsed).toBeGreaterThan(145)
})

test('an option out of range or a port in use is refused', async () => {
  await connect()
  const port = Number(new URL(server?.url ?? '').port)
  await expect(startCannedOpenAi({ port })).rejects.toThrow('EADDRINUSE')
  await expect(startCannedOpenAi({ speed: 0 })).rejects.toThrow('speed must be above 0')
  await expect(startCannedOpenAi({ faultRate: 2 })).rejects.toThrow('faultRate must be from 0 to 1')
})
