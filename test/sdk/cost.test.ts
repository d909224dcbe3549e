import { start } from '@llmscope/sdk'
import { afterEach, expect, test, vi } from 'vitest'
import { answering, events, json, openai } from './openai-client.ts'
import { pricedChat as chat, usage } from './priced-chat.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()

afterEach(() => vi.unstubAllEnvs())

function costAttributes(): Record<string, unknown> {
  const attributes = Object.entries(telemetry().span().attributes)
  return Object.fromEntries(attributes.filter(([name]) => name.startsWith('llmscope.cost')))
}

async function unpriced(): Promise<unknown[]> {
  const points = await telemetry().points('llmscope.cost.unpriced_calls')
  return points.map(({ attributes, value }) => [
    attributes['gen_ai.request.model'],
    attributes['llmscope.cost.unpriced_reason'],
    value,
  ])
}

test('a call says what it costs: fresh, cached and output tokens at their own prices', async () => {
  await chat({ usage: { ...usage, prompt_tokens_details: { cached_tokens: 600 } } })
  const input = (400 * 0.25 + 600 * 0.025) / 1e6
  const output = (200 * 2) / 1e6
  expect(costAttributes()).toEqual({
    'llmscope.cost.amount': expect.closeTo(input + output, 12),
  })
})

test('costs are summed in a counter by model, embeddings too', async () => {
  await chat({ usage })
  await chat({ usage })
  const client = answering(() =>
    json({ data: [], model: 'text-embedding-3-small', usage: { prompt_tokens: 1_000_000 } }),
  )
  await client.embeddings.create({ model: 'text-embedding-3-small', input: 'x' })
  const points = await telemetry().points('llmscope.cost')
  const costs = points.map(({ attributes, value }) => [attributes['gen_ai.request.model'], value])
  expect(Object.fromEntries(costs)).toEqual({
    'gpt-5-mini': expect.closeTo((2 * (1000 * 0.25 + 200 * 2)) / 1e6, 12),
    'text-embedding-3-small': expect.closeTo(0.02, 12),
  })
  expect(points[0]?.attributes).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.response.model': 'gpt-5-mini',
    'server.address': '127.0.0.1',
    'server.port': 80,
  })
  expect(await unpriced()).toEqual([])
})

test('audio tokens have their own price', async () => {
  await chat(
    {
      usage: {
        ...usage,
        prompt_tokens_details: { audio_tokens: 300 },
        completion_tokens_details: { audio_tokens: 150 },
      },
    },
    'gpt-audio',
  )
  const expected = (700 * 2.5 + 300 * 32 + 50 * 10 + 150 * 64) / 1e6
  expect(costAttributes()['llmscope.cost.amount']).toBeCloseTo(expected, 12)
})

test('the provider is who serves the model, and may charge for the call itself', async () => {
  const client = openai({
    baseURL: 'https://api.perplexity.ai',
    fetch: async () => json({ id: 'x', choices: [], model: 'sonar', usage }),
  })
  await client.chat.completions.create({ model: 'sonar', messages: [] })
  expect(costAttributes()['llmscope.cost.amount']).toBeCloseTo(0.012 + 1200 / 1e6, 12)
})

test.each([
  ['default', 1],
  ['flex', 0.5],
])('a call of service tier %s costs its part of the list price', async (tier, factor) => {
  await chat({ usage, service_tier: tier })
  const expected = (factor * (1000 * 0.25 + 200 * 2)) / 1e6
  expect(costAttributes()['llmscope.cost.amount']).toBeCloseTo(expected, 12)
})

test.each([
  ['a model that nobody knows', { usage }, 'mystery', 'unknown_price'],
  [
    'a service tier without a known price',
    { usage, service_tier: 'priority' },
    'gpt-5-mini',
    'unknown_service_tier',
  ],
  ['no usage', {}, 'gpt-5-mini', 'no_usage'],
])('%s is no cost, and counted', async (_, answer, model, reason) => {
  await chat(answer, model)
  await chat(answer, model)
  expect(telemetry().spans.flatMap(({ attributes }) => Object.keys(attributes))).not.toContain(
    'llmscope.cost.amount',
  )
  expect(await telemetry().points('llmscope.cost')).toEqual([])
  expect(await unpriced()).toEqual([[model, reason, 2]])
})

test('a failed call of which no usage is told costs nothing, and is not missed', async () => {
  await answering(() => json({ error: {} }, 500))
    .chat.completions.create({ model: 'gpt-5-mini', messages: [] })
    .catch(() => undefined)
  expect(costAttributes()).toEqual({})
  expect(await unpriced()).toEqual([])
})

test('a cancelled stream costs what was counted until then', async () => {
  const chunk = { id: 'x', model: 'gpt-5-mini', choices: [] }
  const stream = await answering(() =>
    events([{ ...chunk, usage }, chunk, chunk]),
  ).chat.completions.create({ model: 'gpt-5-mini', messages: [], stream: true })
  for await (const _ of stream) break
  expect(telemetry().span().attributes['llmscope.stream.outcome']).toBe('cancelled')
  expect(costAttributes()['llmscope.cost.amount']).toBeCloseTo((1000 * 0.25 + 200 * 2) / 1e6, 12)
})

test('a model that answers under a name without a price costs what the asked one does', async () => {
  await chat({ usage, model: 'my-deployment' })
  expect(costAttributes()['llmscope.cost.amount']).toBeCloseTo((1000 * 0.25 + 200 * 2) / 1e6, 12)
})

test('the details event says the cost too', async () => {
  start({ captureContent: 'event_only' })
  await chat({ usage })
  expect(telemetry().events[0]?.attributes).toMatchObject(costAttributes())
  expect(costAttributes()).toHaveProperty(['llmscope.cost.amount'])
})

test('cost can be switched off', async () => {
  vi.stubEnv('LLMSCOPE_COST', 'false')
  start()
  await chat({ usage })
  await chat({ usage }, 'mystery')
  expect(telemetry().spans.flatMap(({ attributes }) => Object.keys(attributes))).not.toContain(
    'llmscope.cost.amount',
  )
  expect(await telemetry().points('llmscope.cost')).toEqual([])
  expect(await unpriced()).toEqual([])
})

test('counts below zero are none, and cost nothing', async () => {
  await chat({ usage: { prompt_tokens: -5, completion_tokens: 200 } })
  expect(costAttributes()['llmscope.cost.amount']).toBeCloseTo(400 / 1e6, 12)
})
