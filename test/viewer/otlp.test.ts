/** OpenTelemetry's own exporters send to the viewer, which gives back what they sent. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base'
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanExporter,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startViewerProcess, type ViewerProcess } from './viewer-process.ts'

let viewer: ViewerProcess

beforeAll(async () => {
  viewer = await startViewerProcess()
}, 60_000)
afterAll(() => viewer?.stop())

const GZIP = CompressionAlgorithm.GZIP
const EXPORTERS: Readonly<Record<string, () => SpanExporter>> = {
  'OTLP/HTTP with protobuf': () => new ProtoExporter({ url: `${viewer.otlp}/v1/traces` }),
  'OTLP/HTTP with protobuf and gzip': () =>
    new ProtoExporter({ url: `${viewer.otlp}/v1/traces`, compression: GZIP }),
  'OTLP/HTTP with JSON': () => new JsonExporter({ url: `${viewer.otlp}/v1/traces` }),
  'OTLP/HTTP with JSON and gzip': () =>
    new JsonExporter({ url: `${viewer.otlp}/v1/traces`, compression: GZIP }),
  'OTLP/gRPC': () => new GrpcExporter({ url: viewer.grpc }),
  'OTLP/gRPC with gzip': () => new GrpcExporter({ url: viewer.grpc, compression: GZIP }),
}

test.each(Object.keys(EXPORTERS))('spans that come by %s are given back equal', async (name) => {
  const spans = await madeSpans()
  await sent(EXPORTERS[name]?.(), spans)
  const traceId = spans[0]?.spanContext().traceId
  const expected = JSON.parse(
    new TextDecoder().decode(JsonTraceSerializer.serializeRequest(spans)),
  ) as unknown
  const stored = await viewer.get(`/data/traces/${traceId}/otlp`)
  expect(canonical(stored)).toEqual(canonical(expected))
})

test('a delivery that comes twice is kept once', async () => {
  const spans = await madeSpans()
  const body = ProtobufTraceSerializer.serializeRequest(spans)
  for (const _ of [1, 2]) {
    const response = await fetch(`${viewer.otlp}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: new Uint8Array(body ?? []),
    })
    expect(response.status).toBe(200)
    expect((await response.arrayBuffer()).byteLength).toBe(0)
  }
  const found = await viewer.get(`/data/traces/${spans[0]?.spanContext().traceId}`)
  expect(found).toMatchObject({ summary: { spans: spans.length } })
})

test('what it cannot keep is told in a partial success', async () => {
  const span = { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), name: 'whole' }
  const spans = [span, { ...span, traceId: '' }, { ...span, spanId: '0'.repeat(16) }, 'x']
  const response = await viewer.send('traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] })
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    partialSuccess: { rejectedSpans: 3, errorMessage: expect.stringContaining('trace id') },
  })
})

test.each<[string, string, RequestInit, number]>([
  ['an unknown path', '/v1/profiles', { method: 'POST' }, 404],
  ['another method', '/v1/traces', {}, 405],
  ['another type', '/v1/traces', post('{}', { 'content-type': 'text/plain' }), 415],
  ['another packing', '/v1/traces', post('{}', { 'content-encoding': 'br' }), 415],
  ['what is not JSON', '/v1/logs', post('{"a"'), 400],
  ['JSON that is no object', '/v1/logs', post('[]'), 400],
  ['what is not gzip', '/v1/metrics', post('{}', { 'content-encoding': 'gzip' }), 400],
  ['a bomb', '/v1/traces', post(bomb(), { 'content-encoding': 'gzip' }), 413],
  [
    'protobuf that ends early',
    '/v1/traces',
    post('\n\x7f', { 'content-type': 'application/x-protobuf' }),
    400,
  ],
  ['a page of another site', '/v1/traces', post('{}', { origin: 'http://evil.example' }), 403],
])('%s is refused', async (_, path, init, status) => {
  const response = await fetch(`${viewer.otlp}${path}`, init)
  expect(response.status).toBe(status)
})

test('an exporter that is told to come later does, and nothing is lost', async () => {
  let asked = 0
  // what the viewer answers under pressure, once, and then the viewer
  const busy = createServer((request, response) => {
    asked += 1
    if (asked === 1) {
      response.writeHead(503, { 'retry-after': '1' }).end()
      return
    }
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      void fetch(`${viewer.otlp}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-protobuf' },
        body: new Uint8Array(Buffer.concat(parts)),
      }).then((answer) => response.writeHead(answer.status).end())
    })
  })
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
  const { port } = busy.address() as AddressInfo
  const spans = await madeSpans()
  await sent(new ProtoExporter({ url: `http://127.0.0.1:${port}/v1/traces` }), spans)
  busy.close()
  expect(asked).toBe(2)
  const found = await viewer.get(`/data/traces/${spans[0]?.spanContext().traceId}`)
  expect(found).toMatchObject({ summary: { spans: spans.length } })
})

function post(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }
}

function bomb(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(Buffer.alloc(80_000_000)))
}

async function madeSpans(): Promise<ReadableSpan[]> {
  const memory = new InMemorySpanExporter()
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'made', 'service.version': '1.0' }),
    spanProcessors: [new SimpleSpanProcessor({ exporter: memory })],
  })
  const tracer = provider.getTracer('viewer test', '2.1')
  const root = tracer.startSpan('root', { kind: SpanKind.SERVER, startTime: [1_764_000_000, 7] })
  const child = tracer.startSpan(
    'child ✓ 𝄞',
    {
      kind: SpanKind.CLIENT,
      links: [{ context: root.spanContext(), attributes: { of: 'link' } }],
      attributes: {
        text: 'é\n"\0',
        int: 9_007_199_254_740_991,
        negative: -3,
        double: 0.1,
        yes: true,
        no: false,
        empty: '',
        list: ['a', 'b'],
        numbers: [1, 2.5],
        ['__proto__']: 'a key like any other',
      },
    },
    trace.setSpan(ROOT_CONTEXT, root),
  )
  child.addEvent('happened', { at: 3 }, [1_764_000_000, 123_456_789])
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'it broke' })
  child.end()
  root.setStatus({ code: SpanStatusCode.OK })
  root.end()
  await provider.forceFlush()
  return memory.getFinishedSpans()
}

async function sent(exporter: SpanExporter | undefined, spans: ReadableSpan[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  exporter?.export(spans, ({ error }) => (error ? reject(error) : resolve(undefined)))
  await promise
  await exporter?.shutdown()
}

const isSet = (each: unknown): boolean =>
  each !== undefined && each !== 0 && each !== '' && !(Array.isArray(each) && each.length === 0)

/** OTLP's JSON without what means the same: defaults that are left out, numbers as digits. */
function canonical(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => key.endsWith('Value') || isSet(each))
      .map(([key, each]) => [key, canonical(each)]),
  )
}
