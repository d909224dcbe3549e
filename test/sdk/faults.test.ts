import { agent, score, start, tool } from '@llmscope/sdk'
import { context, diag, metrics, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { NodeSDK } from '@opentelemetry/sdk-node'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answering, json, openai, read, useServer } from './openai-client.ts'
import { forgetTelemetry, Telemetry } from './telemetry.ts'

const at = useServer()

const fault = vi.fn<() => never>(() => {
  throw new Error('telemetry fault')
})

let sdk: NodeSDK | undefined

beforeEach(() => {
  fault.mockClear()
  for (const signal of ['TRACES', 'METRICS', 'LOGS']) {
    vi.stubEnv(`OTEL_${signal}_EXPORTER`, 'none')
  }
  start({ captureContent: 'span_and_event' })
})

afterEach(async () => {
  await sdk?.shutdown()
  sdk = undefined
  forgetTelemetry()
  vi.unstubAllEnvs()
})

/** Everything that an application does, and what comes of it. */
async function application(): Promise<unknown> {
  const messages = [{ role: 'user' as const, content: 'Hello' }]
  const client = openai({ baseURL: at.server.baseURL })
  const completion = await client.chat.completions.create({ model: 'ordinary', messages })
  score(completion, { name: 'relevance', value: 1 })
  const stream = await client.chat.completions.create({ model: 'ordinary', messages, stream: true })
  const chunks = await read(stream)
  const refused = await client.chat.completions
    .create({ model: 'bad-request', messages })
    .catch((error: { status: number }) => error.status)
  const steps = agent('planner', function* () {
    yield tool('calculator', () => 42)
  })
  return { completion, chunks, refused, steps: [...steps] }
}

const nothing = (): void => undefined

/** Starts an OpenTelemetry SDK with this span processor. */
function startWith(hooks: Partial<SpanProcessor>): void {
  const processor: SpanProcessor = {
    onStart: nothing,
    onEnd: nothing,
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
    ...hooks,
  }
  sdk = new NodeSDK({ spanProcessors: [processor], autoDetectResources: false })
  sdk.start()
}

// vitest fails by itself on a rejection that nobody handles
test.each<[string, () => void]>([
  ['a span processor that throws when a span starts', () => startWith({ onStart: fault })],
  ['a span processor that throws when a span ends', () => startWith({ onEnd: fault })],
  ['a tracer provider that throws', () => void trace.setGlobalTracerProvider({ getTracer: fault })],
  [
    'a tracer that throws',
    () => {
      const tracer = { startSpan: fault, startActiveSpan: fault }
      trace.setGlobalTracerProvider({ getTracer: () => tracer })
    },
  ],
  ['a meter provider that throws', () => void metrics.setGlobalMeterProvider({ getMeter: fault })],
  [
    'instruments that throw',
    () => {
      const instrument = { record: fault, add: fault }
      const meter = new Proxy({}, { get: () => () => instrument })
      metrics.setGlobalMeterProvider({ getMeter: () => meter as never })
    },
  ],
  [
    'a log processor that throws',
    () => {
      sdk = new NodeSDK({
        logRecordProcessors: [
          { onEmit: fault, forceFlush: async () => undefined, shutdown: async () => undefined },
        ],
        autoDetectResources: false,
      })
      sdk.start()
    },
  ],
  [
    'a logger that throws at being told of a fault',
    () => {
      const logger = { error: fault, warn: fault, info: fault, debug: fault, verbose: fault }
      diag.setLogger(logger, { suppressOverrideMessage: true })
      trace.setGlobalTracerProvider({ getTracer: fault })
    },
  ],
])('%s reaches nobody', async (_, break_) => {
  const expected = await application()
  expect(fault).not.toHaveBeenCalled()
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  break_()
  expect(await application()).toEqual(expected)
  expect(fault).toHaveBeenCalled()
})

test('a fault costs itself: the span that it happened in ends with the rest', async () => {
  const telemetry = new Telemetry()
  telemetry.start()
  // inherited, so that only who asks for the role trips over it, and not the client's JSON
  const message = Object.create({
    get role(): never {
      return fault()
    },
  }) as { role: 'user'; content: string }
  const client = answering(() => json({ id: 'x', model: 'm', choices: [] }))
  await client.chat.completions.create({ model: 'm', messages: [message] })
  const { attributes } = telemetry.span()
  expect(fault).toHaveBeenCalled()
  expect(attributes).not.toHaveProperty(['gen_ai.input.messages'])
  expect(attributes).toMatchObject({ 'gen_ai.request.model': 'm' })
  const [faults] = await telemetry.points('llmscope.sdk.faults')
  expect(faults).toMatchObject({ attributes: { 'llmscope.fault.site': 'content' }, value: 1 })
  await telemetry.stop()
})

test.each([
  ['null', null],
  ['a number', 7],
  ['a text', 'hello'],
  ['an empty object', {}],
  ['choices that are no list', { choices: 'none', usage: 'much' }],
  ['choices of nothing', { choices: [null, {}], usage: {} }],
  ['numbers as texts', { choices: [], usage: { prompt_tokens: '5', completion_tokens: null } }],
])('an answer that is %s is the application’s, and its span ends', async (_, body) => {
  const telemetry = new Telemetry()
  telemetry.start()
  const client = answering(() => json(body))
  expect(await client.chat.completions.create({ model: 'm', messages: [] })).toEqual(body)
  expect(telemetry.span().attributes).toMatchObject({ 'gen_ai.request.model': 'm' })
  await telemetry.stop()
})

test('what a server sends in place of a count is no count', async () => {
  const telemetry = new Telemetry()
  telemetry.start()
  const usage = { prompt_tokens: '5', completion_tokens: 7, prompt_tokens_details: [] }
  const client = answering(() => json({ choices: [], usage }))
  await client.chat.completions.create({ model: 'm', messages: [] })
  const { attributes } = telemetry.span()
  expect(attributes).not.toHaveProperty(['gen_ai.usage.input_tokens'])
  expect(attributes).toMatchObject({ 'gen_ai.usage.output_tokens': 7 })
  expect(await telemetry.points('gen_ai.client.inference.usage.input_tokens')).toEqual([])
  const [output] = await telemetry.points('gen_ai.client.inference.usage.output_tokens')
  expect(output?.value).toBe(7)
  await telemetry.stop()
})
