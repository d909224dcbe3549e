import { setTimeout as wait } from 'node:timers/promises'
import { trace } from '@opentelemetry/api'
import { describe, expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { type Generated, useGemini } from './gemini-client.ts'

describe.each(['gemini-1', 'gemini-2', 'gemini-3'])('%s', (version) => {
  const telemetry = useTelemetry()
  const at = useGemini(version)

  const attributes = (): Readonly<Record<string, unknown>> => telemetry().span().attributes
  const stream = (model: string, more: object = {}): Promise<AsyncGenerator<Generated>> =>
    at.client.models.generateContentStream({ model, contents: 'Hello', ...more })

  test('a stream that the application leaves is cancelled, and keeps what was counted', async () => {
    for await (const _ of await stream('paced')) break
    expect(telemetry().span().status.code).toBe(0)
    expect(attributes()).toMatchObject({
      'llmscope.stream.outcome': 'cancelled',
      'gen_ai.usage.output_tokens': 3,
    })
  })

  test.each(['return', 'throw'] as const)('%s ends a generator in steps', async (how) => {
    const generator = await stream('paced')
    expect(generator[Symbol.asyncIterator]()).toBe(generator)
    expect(await generator.next()).toMatchObject({ done: false, value: { text: ' 0' } })
    const reason = new RangeError('enough')
    const ended = await generator[how](reason).catch((error: unknown) => error)
    expect(ended).toEqual(how === 'return' ? { done: true, value: reason } : reason)
    expect(await generator.next()).toEqual({ done: true, value: undefined })
    expect(attributes()).toMatchObject({ 'llmscope.stream.outcome': 'cancelled' })
  })

  test('the request runs in the span of its call, the loop over its stream in that of the application', async () => {
    const tracer = trace.getTracer('application')
    await tracer.startActiveSpan('caller', async (caller) => {
      for await (const _ of await stream('ordinary')) {
        expect(trace.getActiveSpan()).toBe(caller)
        await wait(0)
      }
      caller.end()
    })
    const caller = telemetry().span('caller')
    const call = telemetry().span('generate_content ordinary')
    expect(call.parentSpanContext?.spanId).toBe(caller.spanContext().spanId)
  })
})
