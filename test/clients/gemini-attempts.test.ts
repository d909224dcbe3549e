import { describe, expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { type GoogleGenAI, useGemini } from './gemini-client.ts'

/** How often a client tries, without waiting in between. */
const retryOptions = { attempts: 3, initialDelay: 0.001, maxDelay: 0.002 }

function generate(client: GoogleGenAI, model: string, httpOptions: object): Promise<unknown> {
  const request = { model, contents: 'Hello', config: { httpOptions } }
  return client.models.generateContent(request).catch(() => undefined)
}

type Attributes = Readonly<Record<string, unknown>>

describe.each(['gemini-1', 'gemini-2', 'gemini-3'])('%s', (version) => {
  const telemetry = useTelemetry()
  const at = useGemini(version)

  const retrying = (model: string, more: object = {}): Promise<unknown> =>
    generate(at.client, model, { retryOptions, ...more })
  const failures = (): (Attributes | undefined)[] =>
    telemetry()
      .span()
      .events.map(({ attributes }) => attributes)

  /** What the attempts counter has: status, category and number. */
  async function counted(): Promise<unknown[]> {
    const points = await telemetry().points('llmscope.client.attempts')
    return points.map(({ attributes, value }) => [
      attributes['http.response.status_code'],
      attributes['llmscope.error.category'],
      value,
    ])
  }

  describe.skipIf(version === 'gemini-1')('where a call can be made again', () => {
    test('each attempt is told of, under one span', async () => {
      await retrying('rate-limit-twice')
      expect(telemetry().span().attributes).toMatchObject({ 'http.request.resend_count': 2 })
      const refused = { 'error.type': '429', 'llmscope.error.category': 'rate_limit' }
      expect(failures()).toMatchObject([refused, { ...refused, 'http.request.resend_count': 1 }])
      expect(await counted()).toEqual([
        [429, 'rate_limit', 2],
        [200, undefined, 1],
      ])
    })

    test('so it is for a stream', async () => {
      const config = { httpOptions: { retryOptions } }
      const request = { model: 'server-error-once', contents: 'Hello', config }
      await Array.fromAsync(await at.client.models.generateContentStream(request))
      expect(telemetry().span().attributes).toMatchObject({ 'http.request.resend_count': 1 })
      expect(failures()).toMatchObject([{ 'http.response.status_code': 500 }])
    })

    test('the last attempt has the category of the call', async () => {
      await retrying('quota')
      expect(telemetry().span().attributes).toMatchObject({
        'llmscope.error.category': 'quota',
        'http.request.resend_count': 2,
        'http.response.status_code': 429,
      })
      expect(await counted()).toEqual([
        [429, 'rate_limit', 2],
        [429, 'quota', 1],
      ])
    })

    test('an attempt that takes too long, then an answer', async () => {
      await retrying('stall-once', { timeout: 100 })
      expect(failures()).toMatchObject([{ 'llmscope.error.category': 'timeout' }])
      expect(await counted()).toEqual([
        [undefined, 'timeout', 1],
        [200, undefined, 1],
      ])
    })

    test('a connection that breaks, then an answer', async () => {
      await retrying('reset-once')
      expect(failures()).toMatchObject([{ 'llmscope.error.category': 'connection' }])
    })

    test("the application's own fetch is called as it would be without us", async () => {
      const calls: { self: unknown; arguments: readonly unknown[] }[] = []
      const own = function (this: unknown, ...request: Parameters<typeof fetch>): unknown {
        calls.push({ self: this, arguments: request })
        return fetch(...request)
      }
      await retrying('server-error-once', { fetch: own })
      const called = {
        self: undefined,
        arguments: [expect.stringContaining('server-error-once'), { method: 'POST' }],
      }
      expect(calls).toMatchObject([called, called])
      expect(telemetry().span().attributes).toMatchObject({ 'http.request.resend_count': 1 })
    })
  })

  test.runIf(version === 'gemini-1')(
    'what is tried again out of sight is one attempt',
    async () => {
      const httpOptions = { baseUrl: at.server.baseURL, retryOptions: { attempts: 2 } }
      await generate(at.create({ httpOptions }), 'server-error-once', {})
      expect(at.server.exchanges).toHaveLength(2)
      expect(telemetry().span().attributes).not.toHaveProperty(['http.request.resend_count'])
      expect(await counted()).toEqual([[200, undefined, 1]])
    },
  )

  test('a call that is made once has one attempt', async () => {
    await generate(at.client, 'ordinary', {})
    expect(failures()).toEqual([])
    expect(await counted()).toEqual([[200, undefined, 1]])
  })

  test('a refusal is told with what its headers say', async () => {
    await generate(at.client, 'overloaded', {})
    expect(failures()).toEqual([
      {
        'error.type': '503',
        'llmscope.error.category': 'overloaded',
        'http.response.status_code': 503,
        'llmscope.attempt.duration': expect.any(Number),
        'llmscope.attempt.retry_after': 7,
      },
    ])
    expect(await counted()).toEqual([[503, 'overloaded', 1]])
  })

  test('the body of a refusal says how long to wait, where no header does', async () => {
    await generate(at.client, 'rate-limit', {})
    expect(failures()).toMatchObject([{ 'llmscope.attempt.retry_after': 0.005 }])
  })
})
