import { start } from '@llmscope/sdk'
import { SpanStatusCode } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import OpenAI from 'openai'
import { expect, test } from 'vitest'
import { answering, headerAttributes, json, openai, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const messages: [] = []
const ATTEMPT = 'llmscope.attempt'
const ATTEMPTS = 'llmscope.client.attempts'

/** A call of a client that retries twice. */
async function call(model: string, options: { timeout?: number } = {}): Promise<unknown> {
  const client = openai({ baseURL: at.server.baseURL, maxRetries: 2 })
  return client.chat.completions
    .create({ model, messages }, options)
    .catch((error: unknown) => error)
}

/** What the attempts counter has: status, category and number. */
async function counted(): Promise<unknown[]> {
  const points = await telemetry().points(ATTEMPTS)
  return points.map(({ attributes, value }) => [
    attributes['http.response.status_code'],
    attributes['llmscope.error.category'],
    value,
  ])
}

const outcome = (create: Promise<unknown>): Promise<unknown> =>
  create.then(
    () => 'answer',
    (error: Error) => error.constructor.name,
  )

const failures = ({ events }: ReadableSpan): unknown[] => events.map(({ attributes }) => attributes)

const rateLimited = (model: string, resend?: number): object => ({
  'error.type': '429',
  'llmscope.error.category': 'rate_limit',
  'http.response.status_code': 429,
  'llmscope.provider.request_id': `req_${model}`,
  'llmscope.attempt.duration': expect.any(Number),
  'llmscope.attempt.retry_after': 0.005,
  ...(resend !== undefined && { 'http.request.resend_count': resend }),
})

test('a call that is rate limited twice is one span, with an event for each failed attempt', async () => {
  await call('rate-limit-twice')
  const span = telemetry().span()
  expect(span.status.code).toBe(SpanStatusCode.UNSET)
  expect(span.attributes).toMatchObject({
    ...headerAttributes('rate-limit-twice'),
    'http.request.resend_count': 2,
  })
  expect(span.attributes).not.toHaveProperty(['http.response.status_code'])
  expect(span.events.map(({ name }) => name)).toEqual([ATTEMPT, ATTEMPT])
  expect(failures(span)).toEqual([
    rateLimited('rate-limit-twice'),
    rateLimited('rate-limit-twice', 1),
  ])
  expect(await counted()).toEqual([
    [429, 'rate_limit', 2],
    [200, undefined, 1],
  ])
})

test('events of attempts lie in the span, in the order of the attempts', async () => {
  await call('rate-limit-twice')
  const { events, startTime, endTime } = telemetry().span()
  const times = [startTime, ...events.map(({ time }) => time), endTime]
  expect(times.toSorted(([a, b], [c, d]) => a - c || b - d)).toEqual(times)
})

test('a call that goes well at once has no event of an attempt', async () => {
  await call('ordinary')
  expect(telemetry().span().events).toEqual([])
  expect(await counted()).toEqual([[200, undefined, 1]])
})

test('a server error, then an answer', async () => {
  await call('server-error-once')
  expect(failures(telemetry().span())).toMatchObject([
    { 'error.type': '500', 'llmscope.error.category': 'server', 'http.response.status_code': 500 },
  ])
  expect(await counted()).toEqual([
    [500, 'server', 1],
    [200, undefined, 1],
  ])
})

test('a connection that breaks, then an answer', async () => {
  await call('reset-once')
  expect(failures(telemetry().span())).toEqual([
    {
      'error.type': 'TypeError',
      'llmscope.error.category': 'connection',
      'llmscope.attempt.duration': expect.any(Number),
    },
  ])
  expect(await counted()).toEqual([
    [undefined, 'connection', 1],
    [200, undefined, 1],
  ])
})

test('an attempt that takes too long, then an answer', async () => {
  await call('stall-once', { timeout: 100 })
  const [event] = telemetry().span().events
  expect(event?.attributes).toMatchObject({ 'llmscope.error.category': 'timeout' })
  expect(event?.attributes?.['llmscope.attempt.duration']).toBeGreaterThan(0.09)
  expect(await counted()).toEqual([
    [undefined, 'timeout', 1],
    [200, undefined, 1],
  ])
})

test('when all attempts fail, the last one has the failure of the call', async () => {
  await call('quota')
  const span = telemetry().span()
  expect(span.attributes).toMatchObject({
    'http.request.resend_count': 2,
    'http.response.status_code': 429,
    'llmscope.error.category': 'quota',
    'llmscope.provider.request_id': 'req_quota',
  })
  // nobody has read what the others were told
  expect(span.events.map(({ attributes }) => attributes?.['llmscope.error.category'])).toEqual([
    'rate_limit',
    'rate_limit',
    'quota',
  ])
  expect(await counted()).toEqual([
    [429, 'rate_limit', 2],
    [429, 'quota', 1],
  ])
})

test('an attempt that the application aborts is cancelled, not late', async () => {
  const client = openai({ baseURL: at.server.baseURL, maxRetries: 2 })
  const signal = AbortSignal.timeout(50)
  const aborted = client.chat.completions.create({ model: 'silent', messages }, { signal })
  await expect(aborted).rejects.toThrow('aborted')
  expect(await counted()).toEqual([[undefined, 'cancelled', 1]])
})

test('calls at the same time keep their attempts apart', async () => {
  const models = ['rate-limit-twice', 'ordinary', 'server-error-once', 'rate-limit'].flatMap(
    (script) => Array.from({ length: 5 }, (_, index) => `${script}:${index}`),
  )
  await Promise.all(models.map((model) => call(model)))
  const failed: Record<string, number> = {
    'rate-limit-twice': 2,
    'server-error-once': 1,
    'rate-limit': 3,
  }
  expect(telemetry().spans).toHaveLength(models.length)
  for (const span of telemetry().spans) {
    const model = String(span.attributes['gen_ai.request.model'])
    expect(span.events).toHaveLength(failed[model.split(':', 1)[0] ?? ''] ?? 0)
    expect(failures(span)).toEqual(
      span.events.map(() =>
        expect.objectContaining({ 'llmscope.provider.request_id': `req_${model}` }),
      ),
    )
  }
})

test('the details event has what the span has', async () => {
  start({ captureContent: 'event_only' })
  await call('rate-limit-twice')
  expect(telemetry().events[0]?.attributes).toMatchObject({
    ...headerAttributes('rate-limit-twice'),
    'http.request.resend_count': 2,
  })
})

test('a call whose attempts cannot be seen is a call all the same', async () => {
  class Direct extends OpenAI {
    override async fetchWithTimeout(url: string | URL): Promise<Response> {
      return fetch(url, { method: 'POST', body: '{"model":"ordinary"}' })
    }
  }
  const client = new Direct({ apiKey: 'key', baseURL: at.server.baseURL })
  await client.chat.completions.create({ model: 'ordinary', messages })
  const { attributes } = telemetry().span()
  expect(attributes).toMatchObject({ 'gen_ai.response.id': 'chatcmpl-ordinary' })
  expect(attributes).not.toHaveProperty(['llmscope.provider.request_id'])
  expect(await counted()).toEqual([])
})

test.each([
  ['no headers', { headers: undefined }],
  ['headers that cannot be asked', { headers: {} }],
  ['no status', { status: undefined }],
])('an answer with %s costs nobody anything', async (_, odd) => {
  const properties = Object.fromEntries(
    Object.entries(odd).map(([name, value]) => [name, { value }]),
  )
  const answer = (): Response =>
    Object.defineProperties(json({ id: 'x', model: 'm', choices: [] }), properties)
  // of this method nobody is told
  const bare = new OpenAI({ apiKey: 'key', maxRetries: 0, fetch: async () => answer() })
  const expected = await outcome(bare.models.retrieve('m'))
  const client = answering(answer)
  expect(await outcome(client.chat.completions.create({ model: 'm', messages }))).toBe(expected)
  expect(telemetry().spans).toHaveLength(1)
  expect(await telemetry().points('llmscope.sdk.faults')).toEqual([])
})
