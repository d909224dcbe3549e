import { context, metrics, trace } from '@opentelemetry/api'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Sink, startSink } from './sink.ts'

let sink: Sink

beforeAll(async () => {
  sink = await startSink()
})
afterAll(() => sink.close())
afterEach(() => vi.unstubAllEnvs())

test.each(['http/protobuf', 'http/json'])('spans and metrics by OTLP, %s', async (protocol) => {
  const { url, received } = sink.open('the question')
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', url)
  vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', protocol)
  const sdk = new NodeSDK()
  sdk.start()
  for (const scope of ['one', 'two', 'two']) {
    trace
      .getTracer(scope)
      .startSpan('call', { attributes: { asked: 'the question' } })
      .end()
  }
  metrics.getMeter('one').createHistogram('gen_ai.client.operation.duration').record(1)
  await sdk.shutdown()
  for (const api of [trace, metrics, context]) api.disable()
  expect(received()).toMatchObject({ spans: 3, metrics: true, content: true })
})

const RUN = '01a20d8e-24c0-7000-8000-01de011d3bbd'

test.each([
  [
    'Sentry',
    '/api/1/envelope/?sentry_version=7',
    '{"sent_at":"2026-11-24"}\n{"type":"span","item_count":2}\n{"items":[{},{}]}\n{"type":"transaction"}\n{"spans":[{}]}',
    4,
  ],
  ['PostHog', '/batch/', '{"batch":[{"event":"$ai_generation"},{"event":"$ai_generation"}]}', 2],
  [
    'LangSmith',
    '/runs/multipart',
    `--b\r\nContent-Disposition: form-data; name="post.${RUN}"\r\n\r\n{}\r\n--b\r\nContent-Disposition: form-data; name="post.${RUN}.inputs"\r\n\r\n{}\r\n--b--`,
    1,
  ],
  ['somebody else', '/elsewhere', '{}', 0],
])('what %s sends, compressed or not', async (_, path, body, spans) => {
  const { url, received } = sink.open('the question')
  await fetch(url + path, { method: 'POST', body })
  const headers = { 'content-encoding': 'gzip' }
  await fetch(url + path, { method: 'POST', body: gzipSync(body), headers })
  expect(received()).toMatchObject({ spans: 2 * spans, metrics: false, content: false })
})
