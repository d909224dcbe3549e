import { expect, test } from 'vitest'
import { answering, json, openai, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const messages: [] = []
const PREFIX = 'llmscope.rate_limit.'

/** Calls a server that answers with these headers, and tells what the span says of rate limits. */
async function answered(headers: Record<string, string>, status = 200): Promise<object> {
  const body = { id: 'x', model: 'm', choices: [] }
  const client = answering(
    () =>
      new Response(JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json', ...headers },
      }),
  )
  await client.chat.completions.create({ model: 'm', messages }).catch(() => undefined)
  const { attributes = {} } = telemetry().spans.at(-1) ?? {}
  const told = Object.entries(attributes).filter(([name]) => name.startsWith(PREFIX))
  return Object.fromEntries(told.map(([name, value]) => [name.slice(PREFIX.length), value]))
}

/** The value of every rate limit metric: `metric kind model`. */
async function gauges(): Promise<object> {
  const metrics = await telemetry().metrics()
  const values = [...metrics]
    .filter(([name]) => name.startsWith(PREFIX))
    .flatMap(([name, points]) =>
      points.map(({ attributes, value }) => [
        `${name.slice(PREFIX.length)} ${String(attributes[`${PREFIX}kind`])} ${String(attributes['gen_ai.request.model'])}`,
        value,
      ]),
    )
  return Object.fromEntries(values)
}

const limits = (
  kind: string,
  limit: string,
  remaining: string,
  reset: string,
): Record<string, string> => ({
  [`x-ratelimit-limit-${kind}`]: limit,
  [`x-ratelimit-remaining-${kind}`]: remaining,
  [`x-ratelimit-reset-${kind}`]: reset,
})

/** The gauges of a model that the scripted server serves. */
const told = (model: string): object => ({
  [`limit requests ${model}`]: 10_000,
  [`limit tokens ${model}`]: 30_000_000,
  [`remaining requests ${model}`]: 9999,
  [`remaining tokens ${model}`]: 29_999_971,
  [`reset requests ${model}`]: 0.006,
  [`reset tokens ${model}`]: 0,
})

test('what a provider allows is known by provider, model and kind', async () => {
  await at.client.chat.completions.create({ model: 'ordinary', messages })
  await at.client.embeddings.create({ model: 'small', input: 'x' })
  expect(await gauges()).toEqual({ ...told('ordinary'), ...told('small') })
  const [point] = await telemetry().points(`${PREFIX}remaining`)
  expect(point?.attributes).toEqual({
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'ordinary',
    [`${PREFIX}kind`]: 'requests',
  })
})

test('a refused call tells of limits too, and the last answer counts', async () => {
  await at.client.chat.completions.create({ model: 'rate-limit', messages }).catch(() => undefined)
  expect(await gauges()).toMatchObject({
    'remaining tokens rate-limit': 0,
    'limit tokens rate-limit': 30_000_000,
  })
  const client = openai({ baseURL: at.server.baseURL, maxRetries: 2 })
  await client.chat.completions.create({ model: 'rate-limit-twice', messages })
  expect(await gauges()).toMatchObject({ 'remaining tokens rate-limit-twice': 29_999_971 })
})

test('what an answer does not tell stays as it was told before', async () => {
  await answered(limits('tokens', '1000', '900', '6s'))
  await answered({ 'x-ratelimit-remaining-tokens': '800' })
  expect(await gauges()).toEqual({
    'limit tokens m': 1000,
    'remaining tokens m': 800,
    'reset tokens m': 6,
  })
})

test.each([
  ['1s', 1],
  ['6m0s', 360],
  ['17ms', 0.017],
  ['2m59.56s', 179.56],
  ['1h2m3s', 3723],
  ['1d', 86_400],
  ['60', 60],
  ['0.25', 0.25],
])('a limit that is whole again in %s', async (reset, seconds) => {
  const limit = await answered(limits('requests', '10', '9', reset))
  expect(limit).toMatchObject({ 'requests.reset': expect.closeTo(seconds, 6) })
})

test.each([
  'soon',
  '',
  '-1',
  '-1s',
  '1x',
  '5s later',
  'NaN',
  'Infinity',
  '1e9s',
  '9999999999',
  '1700000000000',
  '999999d',
])('a time of "%s" is no time', async (text) => {
  const rest = { 'requests.limit': 10, 'requests.remaining': 9 }
  expect(await answered(limits('requests', '10', '9', text))).toEqual(rest)
})

test.each(['many', '', '-1', '1.5', '1e3', '0x10', '12345678901234567890', 'Infinity'])(
  'a count of "%s" is no count',
  async (text) => {
    expect(await answered(limits('tokens', text, '5', '1s'))).toEqual({
      'tokens.remaining': 5,
      'tokens.reset': 1,
    })
    expect(await gauges()).toEqual({ 'remaining tokens m': 5, 'reset tokens m': 1 })
  },
)

/** How long the failed attempt was told to wait. */
async function retryAfter(headers: Record<string, string>): Promise<unknown> {
  await answered(headers, 503)
  return telemetry().span().events[0]?.attributes?.['llmscope.attempt.retry_after']
}

test.each([
  [{ 'retry-after': '20' }, 20],
  [{ 'retry-after': '1.5' }, 1.5],
  [{ 'retry-after': '20', 'retry-after-ms': '1500' }, 1.5],
  [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
  [{ 'retry-after': 'later' }, undefined],
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after-ms': 'soon', 'retry-after': '2' }, 2],
  [{}, undefined],
])('an answer with %o says how long to wait', async (headers, seconds) => {
  expect(await retryAfter(headers)).toBe(seconds)
})

test('a wait until a date is told in seconds from now', async () => {
  const date = new Date(Date.now() + 90_000).toUTCString()
  const seconds = await retryAfter({ 'retry-after': date })
  expect(seconds).toBeGreaterThan(60)
  expect(seconds).toBeLessThanOrEqual(90)
})

test.each([
  [{ 'x-request-id': 'req_1', 'apim-request-id': 'a-1' }, 'req_1'],
  [{ 'apim-request-id': 'a-1' }, 'a-1'],
  [{ 'x-request-id': 'two words' }, undefined],
  [{ 'x-request-id': 'x'.repeat(129) }, undefined],
])('the id of a request is an identifier: %o', async (headers, id) => {
  await answered(headers)
  expect(telemetry().span().attributes['llmscope.provider.request_id']).toBe(id)
})

test('no more models are told apart than an application can have', async () => {
  const headers = { 'x-ratelimit-remaining-tokens': '5' }
  const client = answering(() => Response.json({ id: 'x', model: 'm', choices: [] }, { headers }))
  for (let index = 0; index < 510; index += 1) {
    await client.chat.completions.create({ model: `m-${index}`, messages })
  }
  const attempts = await telemetry().points('llmscope.client.attempts')
  expect(attempts).toHaveLength(501)
  expect(attempts.at(-1)).toMatchObject({ attributes: { 'otel.metric.overflow': true }, value: 10 })
  expect(await telemetry().points(`${PREFIX}remaining`)).toHaveLength(500)
})

test('an answer without such headers has no points', async () => {
  const client = answering(() => json({ id: 'x', model: 'm', choices: [] }))
  await client.chat.completions.create({ model: 'm', messages })
  expect(await gauges()).toEqual({})
})
