import { startStack, type Stack } from '@llmscope/stack'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getJson, queryPrometheus, sendCounter, sendEvent, sendSpan } from './payload.ts'
import { startSink, type Sink } from './sink.ts'

const PATIENCE = { timeout: 15_000 }

let vendor: Sink
let stack: Stack

beforeAll(async () => {
  vendor = await startSink()
  stack = await startStack({
    ports: 'free',
    profile: 'local-vendor',
    env: {
      LLMSCOPE_VENDOR_ENDPOINT: vendor.url,
      LLMSCOPE_VENDOR_HEADERS: '{"x-api-key": "vendor-key"}',
      LLMSCOPE_VENDOR_ENCODING: 'json',
      LLMSCOPE_SPAN_METRICS_INTERVAL: '500ms',
    },
    onProgress: (line) => process.stdout.write(`${line}\n`),
  })
})

afterAll(async () => {
  await stack?.stop()
  await vendor?.[Symbol.asyncDispose]()
})

test('a span arrives in Jaeger and at the vendor, who gets the headers that it wants', async () => {
  const trace = await sendSpan(stack.urls.otlpHttp, {
    attributes: { 'gen_ai.request.model': 'm-1' },
  })
  await expect.poll(async () => spanInJaeger(trace), PATIENCE).toMatchObject({ name: 'chat m-1' })
  await expect.poll(() => atVendor('/v1/traces', trace), PATIENCE).toHaveLength(1)
  expect(atVendor('/v1/traces', trace)[0]?.headers).toMatchObject({
    'x-api-key': 'vendor-key',
    'content-type': 'application/json',
  })
})

test('a prompt of 1 MB arrives whole in both', async () => {
  const prompt = 'word '.repeat(200_000)
  const attributes = { 'gen_ai.input.messages': prompt }
  const trace = await sendSpan(stack.urls.otlpHttp, { attributes })
  await expect
    .poll(async () => attributeInJaeger(trace, 'gen_ai.input.messages'), PATIENCE)
    .toBe(prompt)
  await expect.poll(() => atVendor('/v1/traces', trace), PATIENCE).toHaveLength(1)
  expect(atVendor('/v1/traces', trace)[0]?.body).toContain(prompt)
})

test('a metric arrives in Prometheus, with who sent it, and at the vendor', async () => {
  await sendCounter(stack.urls.otlpHttp, 'test.pages', 42)
  await expect
    .poll(async () => queryPrometheus(stack.urls.prometheus, 'test_pages_total'), PATIENCE)
    .toMatchObject([
      {
        metric: {
          job: 'assistant',
          instance: 'one',
          service_name: 'assistant',
          service_instance_id: 'one',
          host_name: 'node-7',
        },
        value: [expect.any(Number), '42'],
      },
    ])
  await expect.poll(() => atVendor('/v1/metrics', 'test.pages'), PATIENCE).toHaveLength(1)
})

test('an event arrives at the vendor', async () => {
  await sendEvent(stack.urls.otlpHttp, 'gen_ai.evaluation.result', { marker: 'event-1' })
  await expect.poll(() => atVendor('/v1/logs', 'event-1'), PATIENCE).toHaveLength(1)
})

test('credentials leave masked, in spans and in events', async () => {
  const secret = `sk-${'a1B2'.repeat(8)}`
  const attributes = { note: `call it with ${secret}, please`, 'openai.api_key': 'short' }
  const trace = await sendSpan(stack.urls.otlpHttp, { attributes })
  await sendEvent(stack.urls.otlpHttp, 'gen_ai.note', { marker: 'event-2', note: secret })
  await expect
    .poll(async () => attributeInJaeger(trace, 'note'), PATIENCE)
    .toBe('call it with ****, please')
  expect(await attributeInJaeger(trace, 'openai.api_key')).toBe('****')
  await expect.poll(() => atVendor('/v1/logs', 'event-2'), PATIENCE).toHaveLength(1)
  await expect.poll(() => atVendor('/v1/traces', trace), PATIENCE).toHaveLength(1)
  expect(vendor.received.filter(({ body }) => body.includes(secret))).toEqual([])
})

test('token counts and model names that look like nothing secret pass untouched', async () => {
  const attributes = {
    'gen_ai.usage.input_tokens': 12,
    'gen_ai.request.model': 'sk-small-instruct',
  }
  const trace = await sendSpan(stack.urls.otlpHttp, { attributes })
  await expect
    .poll(async () => attributeInJaeger(trace, 'gen_ai.request.model'), PATIENCE)
    .toBe('sk-small-instruct')
  expect(await attributeInJaeger(trace, 'gen_ai.usage.input_tokens')).toBe('12')
})

test('calls are counted from spans, and an exemplar leads back to the trace', async () => {
  const started = Date.now() / 1000
  const trace = await sendSpan(stack.urls.otlpHttp, {
    name: 'chat m-exemplar',
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm-exemplar' },
    failed: true,
  })
  await expect
    .poll(
      async () =>
        queryPrometheus(
          stack.urls.prometheus,
          'traces_span_metrics_calls_total{span_name="chat m-exemplar"}',
        ),
      PATIENCE,
    )
    .toMatchObject([
      {
        metric: {
          job: 'assistant',
          service_name: 'assistant',
          gen_ai_operation_name: 'chat',
          gen_ai_request_model: 'm-exemplar',
          status_code: 'STATUS_CODE_ERROR',
        },
        value: [expect.any(Number), '1'],
      },
    ])
  const query = new URLSearchParams({
    query: 'traces_span_metrics_duration_milliseconds_bucket{span_name="chat m-exemplar"}',
    start: String(started - 60),
    end: String(started + 60),
  })
  const url = `${stack.urls.prometheus}/api/v1/query_exemplars?${query.toString()}`
  await expect
    .poll(async () => getJson(url), PATIENCE)
    .toMatchObject({
      data: [{ exemplars: [{ labels: { trace_id: trace }, value: '1500' }] }],
    })
})

test('Jaeger shows the calls of a service from the same metrics', async () => {
  await sendSpan(stack.urls.otlpHttp)
  const query = new URLSearchParams({ service: 'assistant', spanKind: 'client', step: '5000' })
  const url = `${stack.urls.jaeger}/api/metrics/calls?${query.toString()}&ratePer=60000&lookback=60000`
  await expect
    .poll(async () => getJson(`${url}&endTs=${Date.now()}`), PATIENCE)
    .toMatchObject({
      metrics: [{ labels: [{ name: 'service_name', value: 'assistant' }] }],
    })
})

test('Prometheus has the alert rules loaded, and an Alertmanager to send to', async () => {
  const { prometheus } = stack.urls
  const rules = await getJson<{ data: { groups: object[] } }>(`${prometheus}/api/v1/rules`)
  expect(rules.data.groups.length).toBeGreaterThan(0)
  await expect
    .poll(async () => getJson(`${prometheus}/api/v1/alertmanagers`), PATIENCE)
    .toMatchObject({
      data: { activeAlertmanagers: [{ url: `${stack.urls.alertmanager}/api/v2/alerts` }] },
    })
})

interface JaegerSpan {
  name: string
  attributes: { key: string; value: { stringValue?: string; intValue?: string } }[]
}

async function spanInJaeger(trace: string): Promise<JaegerSpan | undefined> {
  const { result } = await getJson<{
    result?: { resourceSpans: { scopeSpans: { spans: JaegerSpan[] }[] }[] }
  }>(`${stack.urls.jaeger}/api/v3/traces/${trace}`)
  return result?.resourceSpans[0]?.scopeSpans[0]?.spans[0]
}

async function attributeInJaeger(trace: string, key: string): Promise<string | undefined> {
  const span = await spanInJaeger(trace)
  const value = span?.attributes.find((attribute) => attribute.key === key)?.value
  return value?.stringValue ?? value?.intValue
}

function atVendor(path: string, text: string): typeof vendor.received {
  return vendor.received.filter((request) => request.path === path && request.body.includes(text))
}
