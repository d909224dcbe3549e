import { lambdaHandler, requestHandler, start, type WaitUntil } from '@llmscope/sdk'
import { NodeSDK } from '@opentelemetry/sdk-node'
import {
  BatchSpanProcessor,
  InMemorySpanExporter,
  type SpanExporter,
} from '@opentelemetry/sdk-trace'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useServer } from './openai-client.ts'
import { forgetTelemetry } from './telemetry.ts'

const at = useServer()
const ask = (model = 'ordinary') => at.client.chat.completions.create({ model, messages: [] })

let exporter: InMemorySpanExporter
let sdk: NodeSDK

/** An application's SDK that sends nothing before it is told to. */
function useExporter(spanExporter: SpanExporter): void {
  const options = { exporter: spanExporter, scheduledDelayMillis: 3_600_000 }
  sdk = new NodeSDK({
    spanProcessors: [new BatchSpanProcessor(options)],
    metricReaders: [],
    logRecordProcessors: [],
    autoDetectResources: false,
  })
  sdk.start()
  start()
}

beforeEach(() => {
  exporter = new InMemorySpanExporter()
  useExporter(exporter)
})

afterEach(async () => {
  await sdk.shutdown()
  forgetTelemetry()
})

const sent = (): string[] => exporter.getFinishedSpans().map(({ name }) => name)
const context = (left: number): object => ({ getRemainingTimeInMillis: () => left })

test('a Lambda handler has sent its telemetry when its result is there', async () => {
  const handler = lambdaHandler(async function (this: unknown, event: object) {
    return { id: (await ask()).id, event, self: this }
  })
  const self = {}
  const result = await handler.call(self, { a: 1 })
  expect(result).toEqual({ id: 'chatcmpl-ordinary', event: { a: 1 }, self })
  expect(result.self).toBe(self)
  expect(sent()).toEqual(['chat ordinary'])
})

test('an error of a Lambda handler is its own, and its telemetry is sent', async () => {
  const handler = lambdaHandler(async () => ask('bad-request'))
  await expect(handler()).rejects.toMatchObject({ status: 400 })
  expect(sent()).toEqual(['chat bad-request'])
})

test('a Lambda handler with a callback has sent its telemetry when it calls that', async () => {
  type Callback = (error: unknown, result?: string) => void
  const handler = lambdaHandler((_event: object, _context: object, callback: Callback) => {
    ask().then(({ id }) => callback(null, id), callback)
  })
  // the platform tells the kinds of handlers by their parameters
  expect(handler).toHaveLength(3)
  const outcome = await new Promise((resolve) => {
    expect(handler({}, context(1000), (...all) => resolve([...all, sent()]))).toBeUndefined()
  })
  expect(outcome).toEqual([null, 'chatcmpl-ordinary', ['chat ordinary']])
})

test('a Lambda handler that streams its response is still known as one', async () => {
  const streaming = Symbol.for('aws.lambda.runtime.handler.streaming')
  const handler = lambdaHandler(
    Object.assign(
      async function stream(_event: object, response: string[], _context: object): Promise<void> {
        response.push((await ask()).id)
      },
      { [streaming]: 'response' },
    ),
  )
  const response: string[] = []
  await handler({}, response, context(1000))
  expect([handler[streaming], handler.name]).toEqual(['response', 'stream'])
  expect([response, sent()]).toEqual([['chatcmpl-ordinary'], ['chat ordinary']])
})

test('a dead endpoint leaves a Lambda invocation time to end', async () => {
  await sdk.shutdown()
  forgetTelemetry()
  useExporter({ export: () => {}, shutdown: async () => {} })
  const handler = lambdaHandler(async (_event: object, _context: object) => (await ask()).id)
  const begin = performance.now()
  expect(await handler({}, context(300))).toBe('chatcmpl-ordinary')
  expect(performance.now() - begin).toBeLessThan(2000)
})

/** What a platform is asked to wait for. */
function platform(): { waitUntil: WaitUntil; promises: Promise<unknown>[] } {
  const promises: Promise<unknown>[] = []
  return { promises, waitUntil: (promise) => void promises.push(promise) }
}

test('a request handler gives its own response, and the platform waits for its telemetry', async () => {
  const { waitUntil, promises } = platform()
  const response = new Response('mine')
  const handler = requestHandler(async (_request: Request) => (await ask()) && response, {
    waitUntil,
  })
  expect(await handler(new Request('http://localhost'))).toBe(response)
  expect(promises).toHaveLength(1)
  await Promise.all(promises)
  expect(sent()).toEqual(['chat ordinary'])
})

test('the telemetry of a streamed response is sent when the stream is over', async () => {
  const { waitUntil, promises } = platform()
  const handler = requestHandler(
    async () => {
      const stream = await at.client.chat.completions.create({
        model: 'ordinary',
        messages: [],
        stream: true,
      })
      return new Response(stream.toReadableStream())
    },
    { waitUntil },
  )
  const response = await handler()
  const settled = vi.fn<() => void>()
  void Promise.all(promises).then(settled)
  await new Promise(setImmediate)
  expect(settled).not.toHaveBeenCalled()
  expect(await response.text()).toContain('chat.completion.chunk')
  await Promise.all(promises)
  expect(sent()).toEqual(['chat ordinary'])
})

test.each(['@vercel/request-context', '@next/request-context'])('%s is found', async (name) => {
  const { waitUntil, promises } = platform()
  const globals = globalThis as Record<symbol, unknown>
  globals[Symbol.for(name)] = { get: () => ({ waitUntil }) }
  await requestHandler(() => ask())()
  delete globals[Symbol.for(name)]
  await Promise.all(promises)
  expect(sent()).toEqual(['chat ordinary'])
})

test('a context with waitUntil among the arguments is found, and errors are the handler’s', async () => {
  const { promises, ...worker } = platform()
  const failing = requestHandler((_request: string, _context: object) => {
    throw new RangeError('mine')
  })
  expect(() => failing('request', worker)).toThrow(RangeError)
  const rejecting = requestHandler((_request: string, _context: object) => ask('bad-request'))
  await expect(rejecting('request', worker)).rejects.toMatchObject({ status: 400 })
  expect(promises).toHaveLength(2)
  await Promise.all(promises)
  expect(sent()).toEqual(['chat bad-request'])
})

test('without a platform that waits a request handler waits for nothing', async () => {
  expect((await requestHandler(() => ask())()).id).toBe('chatcmpl-ordinary')
  expect(sent()).toEqual([])
})
