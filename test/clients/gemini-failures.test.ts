import { describe, expect, test } from 'vitest'
import { startGeminiServer } from '../sdk/gemini-server/server.ts'
import { useTelemetry } from '../sdk/telemetry.ts'
import { type Generated, useGemini } from './gemini-client.ts'

describe.each(['gemini-1', 'gemini-2', 'gemini-3'])('%s', (version) => {
  const telemetry = useTelemetry()
  const at = useGemini(version)

  const attributes = (): Readonly<Record<string, unknown>> => telemetry().span().attributes
  const generate = (model: string, more: object = {}): Promise<Generated> =>
    at.client.models.generateContent({ model, contents: 'Hello', ...more })
  const stream = (model: string, more: object = {}): Promise<AsyncGenerator<Generated>> =>
    at.client.models.generateContentStream({ model, contents: 'Hello', ...more })

  test.each([
    ['bad-request', 'invalid_request', 400],
    ['unauthorized', 'auth', 401],
    ['invalid-key', 'auth', 400],
    ['forbidden', 'auth', 403],
    ['not-found', 'invalid_request', 404],
    ['context-length', 'context_length', 400],
    ['rate-limit', 'rate_limit', 429],
    ['quota', 'quota', 429],
    ['server-error', 'server', 500],
    ['overloaded', 'overloaded', 503],
    ['deadline', 'timeout', 504],
  ])('%s is a failure of category %s', async (model, category, status) => {
    await expect(generate(model)).rejects.toMatchObject({ name: 'ApiError', status })
    await expect(stream(model)).rejects.toMatchObject({ name: 'ApiError', status })
    for (const span of telemetry().spans) {
      expect(span.status.code).toBe(2)
      expect(span.attributes).toMatchObject({
        'error.type': 'ApiError',
        'llmscope.error.category': category,
        'http.response.status_code': status,
      })
    }
    expect(telemetry().spans).toHaveLength(2)
  })

  test.skipIf(version === 'gemini-1')('an error event in a stream fails its span', async () => {
    await expect(Array.fromAsync(await stream('error-event'))).rejects.toThrow('INTERNAL')
    expect(attributes()).toMatchObject({
      'error.type': 'ApiError',
      'llmscope.error.category': 'server',
      'gen_ai.response.id': 'gen-error-event',
    })
  })

  test('a timeout is none of the application, though the client aborts in both cases', async () => {
    const call = generate('silent', { config: { httpOptions: { timeout: 50 } } })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    expect(attributes()).toMatchObject({ 'llmscope.error.category': 'timeout' })
  })

  test('an abort signal in the configuration cancels a call', async () => {
    const controller = new AbortController()
    const call = generate('silent', { config: { abortSignal: controller.signal } })
    call.catch(() => undefined)
    await expect.poll(() => at.server.exchanges.at(-1)?.model).toBe('silent')
    controller.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    expect(attributes()).toMatchObject({ 'llmscope.error.category': 'cancelled' })
  })

  test('an abort signal in the configuration cancels a stream', async () => {
    const controller = new AbortController()
    const read = async (): Promise<void> => {
      const config = { abortSignal: controller.signal }
      for await (const _ of await stream('paced', { config })) controller.abort()
    }
    await expect(read()).rejects.toMatchObject({ name: 'AbortError' })
    expect(attributes()).toMatchObject({
      'llmscope.error.category': 'cancelled',
      'gen_ai.usage.output_tokens': 3,
    })
  })

  test('a server that is not there is a failure to connect', async () => {
    const gone = await startGeminiServer()
    await gone.close()
    const client = at.create({ httpOptions: { baseUrl: gone.baseURL } })
    const call = client.models.generateContent({ model: 'ordinary', contents: 'Hello' })
    await expect(call).rejects.toThrow('fetch failed')
    expect(attributes()).toMatchObject({ 'llmscope.error.category': 'connection' })
  })
})
