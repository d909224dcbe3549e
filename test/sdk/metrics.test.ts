import { agent, embedding, retrieval, score, tool } from '@llmscope/sdk'
import { metrics, trace } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { answering, json, openai, read, useServer } from './openai-client.ts'
import { type Point, Telemetry, useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const SECONDS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
]
const TOKENS = [
  1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864,
]
const AGENT = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6]
const CALLS = [1, 2, 4, 8, 16, 32, 64, 128]

const streamed = { stream: true, stream_options: { include_usage: true } } as const
const chat = (model = 'ordinary'): Promise<unknown> =>
  at.client.chat.completions.create({ model, messages: [] })
const failing = (): Promise<unknown> => chat('server-error').catch(() => undefined)

const series = (responseModel = 'ordinary-2026-01-01'): object => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'ordinary',
  'gen_ai.response.model': responseModel,
  'server.address': '127.0.0.1',
  'server.port': at.server.port,
})

async function only(metric: string): Promise<Point> {
  const [point, ...more] = await telemetry().points(metric)
  if (!point || more.length > 0) throw new Error(`${metric} has ${more.length + 1} points`)
  return point
}

test('every histogram has the buckets of the conventions', async () => {
  await agent('planner', async () => {
    tool('weather', () => undefined)
    retrieval({ dataSource: 'handbook' }, () => [])
    embedding({ model: 'm', provider: 'local' }, () => undefined)
    await read(
      await at.client.chat.completions.create({ model: 'ordinary', messages: [], ...streamed }),
    )
  })
  await at.client.embeddings.create({ model: 'e', input: 'x' })
  score('chatcmpl-ordinary', { name: 'relevance', value: 0.5 })
  const boundaries = [...(await telemetry().metrics())].flatMap(([name, points]) => {
    const histogram = points[0]?.histogram
    return histogram ? [[name, histogram.buckets.boundaries]] : []
  })
  expect(Object.fromEntries(boundaries)).toEqual({
    'gen_ai.client.inference.duration': SECONDS,
    'gen_ai.client.inference.time_to_first_chunk': SECONDS,
    'gen_ai.client.inference.time_per_output_chunk': SECONDS,
    'gen_ai.client.inference.operation.input_tokens': TOKENS,
    'gen_ai.client.inference.operation.output_tokens': TOKENS,
    'gen_ai.client.embeddings.duration': SECONDS,
    'gen_ai.client.embeddings.operation.input_tokens': TOKENS,
    'gen_ai.client.operation.duration': SECONDS,
    'gen_ai.invoke_agent.duration': AGENT,
    'gen_ai.invoke_agent.inference_calls': CALLS,
    'gen_ai.invoke_agent.tool_calls': CALLS,
    'gen_ai.execute_tool.duration': SECONDS,
    'llmscope.evaluation.score': [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
  })
})

test('a call is one duration, and its tokens are one value each', async () => {
  await chat()
  await chat()
  const duration = await only('gen_ai.client.inference.duration')
  expect(duration.attributes).toEqual(series())
  expect(duration.histogram?.count).toBe(2)
  const input = await only('gen_ai.client.inference.operation.input_tokens')
  expect(input).toMatchObject({ attributes: series(), histogram: { count: 2, sum: 56 } })
  const output = await only('gen_ai.client.inference.operation.output_tokens')
  expect(output).toMatchObject({ attributes: series(), histogram: { count: 2, sum: 12 } })
})

test.each([
  ['input_tokens', 28],
  ['output_tokens', 6],
  ['cache_read.input_tokens', 4],
  ['reasoning.output_tokens', 2],
])('the counter of %s adds up what the provider billed', async (name, billed) => {
  await chat()
  await read(
    await at.client.chat.completions.create({ model: 'ordinary', messages: [], ...streamed }),
  )
  const { attributes, value } = await only(`gen_ai.client.inference.usage.${name}`)
  expect(attributes).toEqual({ ...series(), 'gen_ai.token.modality': 'unknown' })
  expect(value).toBe(2 * billed)
})

async function byModality(direction: string): Promise<object> {
  const points = await telemetry().points(`gen_ai.client.inference.usage.${direction}_tokens`)
  return Object.fromEntries(
    points.map(({ attributes, value }) => [attributes['gen_ai.token.modality'], value]),
  )
}

test('audio tokens are counted apart, and the sum stays what was billed', async () => {
  const client = answering(() =>
    json({
      id: 'x',
      model: 'gpt-audio',
      choices: [],
      usage: {
        prompt_tokens: 100,
        completion_tokens: 50,
        prompt_tokens_details: { audio_tokens: 80 },
        completion_tokens_details: { audio_tokens: 45 },
      },
    }),
  )
  await client.chat.completions.create({ model: 'gpt-audio', messages: [] })
  expect(await byModality('input')).toEqual({ audio: 80, unknown: 20 })
  expect(await byModality('output')).toEqual({ audio: 45, unknown: 5 })
})

test('clients at two paths of one host count into the same series', async () => {
  const other = openai({ baseURL: at.server.baseURL.replace('/v1', '/other/v1') })
  await chat()
  await other.chat.completions.create({ model: 'ordinary', messages: [] })
  expect((await only('gen_ai.client.inference.usage.input_tokens')).value).toBe(56)
})

test('a failed call counts as 0 tokens, with its error', async () => {
  await failing()
  const error = { 'error.type': 'InternalServerError', 'llmscope.error.category': 'server' }
  for (const metric of ['duration', 'operation.input_tokens', 'operation.output_tokens']) {
    const point = await only(`gen_ai.client.inference.${metric}`)
    expect(point).toMatchObject({ attributes: error, histogram: { count: 1 } })
    expect(point.attributes).not.toHaveProperty(['gen_ai.response.model'])
  }
  const input = await only('gen_ai.client.inference.operation.input_tokens')
  expect(input.histogram?.sum).toBe(0)
  expect(await telemetry().points('gen_ai.client.inference.usage.input_tokens')).toEqual([])
})

test('embeddings have metrics of their own and count into no usage', async () => {
  await at.client.embeddings.create({ model: 'text-embedding-3-small', input: 'x' })
  const names = [...(await telemetry().metrics()).keys()].filter(
    (name) => !/attempts|rate_limit/.test(name),
  )
  expect(names.toSorted()).toEqual([
    'gen_ai.client.embeddings.duration',
    'gen_ai.client.embeddings.operation.input_tokens',
    'llmscope.cost',
  ])
  const tokens = await only('gen_ai.client.embeddings.operation.input_tokens')
  expect(tokens.histogram?.sum).toBe(30)
})

test('a stream is timed to its first chunk once, and from chunk to chunk after that', async () => {
  const chunks = await read(
    await at.client.chat.completions.create({ model: 'paced', messages: [], stream: true }),
  )
  const first = await only('gen_ai.client.inference.time_to_first_chunk')
  expect(first.histogram?.count).toBe(1)
  const gaps = await only('gen_ai.client.inference.time_per_output_chunk')
  expect(gaps.histogram?.count).toBe(chunks.length - 1)
  expect(gaps.histogram?.sum).toBeGreaterThan(0.015 * 35)
  expect(gaps.attributes).toMatchObject({ 'gen_ai.response.model': 'paced-2026-01-01' })
})

test('metrics carry no attribute that is not on their list', async () => {
  await agent({ name: 'planner', model: 'ordinary' }, () => chat())
  await failing()
  const allowed = [
    ...Object.keys(series()),
    'error.type',
    'llmscope.error.category',
    'gen_ai.token.modality',
    'gen_ai.agent.name',
    'llmscope.cost.unpriced_reason',
    'http.response.status_code',
    'llmscope.rate_limit.kind',
  ]
  for (const points of (await telemetry().metrics()).values()) {
    for (const { attributes } of points)
      expect(allowed).toEqual(expect.arrayContaining(Object.keys(attributes)))
  }
})

test('a meter provider that comes later is told of what happens from then on', async () => {
  await chat()
  metrics.disable()
  const later = new Telemetry()
  later.start()
  await chat()
  const [input] = await later.points('gen_ai.client.inference.usage.input_tokens')
  const [duration] = await later.points('gen_ai.client.inference.duration')
  expect(input?.value).toBe(28)
  expect(duration?.histogram?.count).toBe(1)
  expect((await only('gen_ai.client.inference.usage.input_tokens')).value).toBe(28)
  await later.stop()
})

test('a tracer provider that comes later gets the spans from then on', async () => {
  await chat()
  trace.disable()
  await chat()
  const later = new Telemetry()
  later.start()
  await chat()
  expect(later.spans).toHaveLength(1)
  expect(telemetry().spans).toHaveLength(1)
  await later.stop()
})
