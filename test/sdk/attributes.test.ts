import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { expect, test } from 'vitest'
import { headerAttributes, openai, read, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const server = (): object => ({
  'gen_ai.provider.name': 'openai',
  'server.address': '127.0.0.1',
  'server.port': at.server.port,
})

const usage = (input: number, output: number): object => ({
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': output,
  'gen_ai.usage.cache_read.input_tokens': 4,
  'gen_ai.usage.reasoning.output_tokens': 2,
})

const noAudio = { 'gen_ai.usage.audio.input_tokens': 0, 'gen_ai.usage.audio.output_tokens': 0 }

test('a chat completion tells all that was asked and all that was answered', async () => {
  await at.client.chat.completions.create({
    model: 'ordinary',
    messages: [{ role: 'user', content: 'Hello' }],
    n: 2,
    max_completion_tokens: 100,
    temperature: 0.3,
    top_p: 0.9,
    frequency_penalty: 0.5,
    presence_penalty: 0.25,
    seed: 7,
    stop: ['END', 'STOP'],
    response_format: { type: 'json_object' },
    reasoning_effort: 'low',
    service_tier: 'flex',
  })
  const span = telemetry().span()
  expect(span).toMatchObject({
    name: 'chat ordinary',
    kind: SpanKind.CLIENT,
    status: { code: SpanStatusCode.UNSET },
    instrumentationScope: { name: '@llmscope/sdk', version: '0.1.0' },
  })
  expect(span.attributes).toEqual({
    ...server(),
    ...headerAttributes('ordinary'),
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'ordinary',
    'gen_ai.request.choice.count': 2,
    'gen_ai.request.max_tokens': 100,
    'gen_ai.request.temperature': 0.3,
    'gen_ai.request.top_p': 0.9,
    'gen_ai.request.frequency_penalty': 0.5,
    'gen_ai.request.presence_penalty': 0.25,
    'gen_ai.request.seed': 7,
    'gen_ai.request.stop_sequences': ['END', 'STOP'],
    'gen_ai.output.type': 'json',
    'gen_ai.request.reasoning.level': 'low',
    'openai.api.type': 'chat_completions',
    'openai.request.service_tier': 'flex',
    'gen_ai.response.id': 'chatcmpl-ordinary',
    'gen_ai.response.model': 'ordinary-2026-01-01',
    'gen_ai.response.finish_reasons': ['stop', 'stop'],
    'openai.response.service_tier': 'default',
    'openai.response.system_fingerprint': 'fp_50cad350e4',
    ...usage(28, 10),
    ...noAudio,
  })
})

test('what is left to the provider is not said: one choice, tier auto, no stream', async () => {
  await at.client.chat.completions.create({
    model: 'ordinary',
    messages: [],
    n: 1,
    stream: false,
    service_tier: 'auto',
    stop: 'END',
    max_tokens: 5,
    temperature: null,
  })
  const { attributes } = telemetry().span()
  expect(attributes).toMatchObject({
    'gen_ai.request.stop_sequences': ['END'],
    'gen_ai.request.max_tokens': 5,
  })
  for (const absent of [
    'gen_ai.request.choice.count',
    'gen_ai.request.stream',
    'gen_ai.request.temperature',
    'gen_ai.response.time_to_first_chunk',
    'openai.request.service_tier',
    'gen_ai.output.type',
  ]) {
    expect(attributes).not.toHaveProperty([absent])
  }
})

test('a streamed chat completion tells the same, and when its first chunk came', async () => {
  await read(
    await at.client.chat.completions.create({
      model: 'ordinary',
      messages: [],
      stream: true,
      stream_options: { include_usage: true },
    }),
  )
  expect(telemetry().span().attributes).toEqual({
    ...server(),
    ...headerAttributes('ordinary'),
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'ordinary',
    'gen_ai.request.stream': true,
    'openai.api.type': 'chat_completions',
    'gen_ai.response.id': 'chatcmpl-ordinary',
    'gen_ai.response.model': 'ordinary-2026-01-01',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.response.time_to_first_chunk': expect.any(Number),
    'openai.response.service_tier': 'default',
    'openai.response.system_fingerprint': 'fp_50cad350e4',
    ...usage(28, 6),
    ...noAudio,
  })
})

test('the first chunk is timed from the call, waiting for headers included', async () => {
  const stream = await at.client.chat.completions.create({
    model: 'slow',
    messages: [],
    stream: true,
  })
  await read(stream)
  const { attributes, duration } = telemetry().span()
  const seconds = Number(attributes['gen_ai.response.time_to_first_chunk'])
  expect(seconds).toBeGreaterThanOrEqual(0.38)
  expect(seconds).toBeLessThan(duration[0] + duration[1] / 1e9)
})

test('the retries of a call are counted on its one span', async () => {
  const client = openai({ baseURL: at.server.baseURL, maxRetries: 2 })
  await client.chat.completions.create({ model: 'rate-limit-twice', messages: [] })
  expect(telemetry().span()).toMatchObject({
    status: { code: SpanStatusCode.UNSET },
    attributes: { 'http.request.resend_count': 2 },
  })
})

test('a span is a child of what was active when the call was made', async () => {
  await trace.getTracer('application').startActiveSpan('request', async (parent) => {
    await Promise.all(
      ['ordinary:1', 'ordinary:2'].map((model) =>
        at.client.chat.completions.create({ model, messages: [] }),
      ),
    )
    parent.end()
  })
  const { spanId } = telemetry().span('request').spanContext()
  expect(telemetry().spans.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual([
    spanId,
    spanId,
    undefined,
  ])
})

test('what a sampler decides by is there when the span begins', async () => {
  let begun: unknown
  const client = openai({
    baseURL: at.server.baseURL,
    fetch: (url, init) => {
      begun = { ...(trace.getActiveSpan() as unknown as ReadableSpan).attributes }
      return fetch(url, init)
    },
  })
  await client.chat.completions.create({ model: 'ordinary', messages: [] })
  expect(begun).toEqual({
    ...server(),
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'ordinary',
  })
})
