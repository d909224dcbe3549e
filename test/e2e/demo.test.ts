/** The demo's whole path: client and training loop → OTLP → Collector → Jaeger, Prometheus, a vendor. */
import { fileURLToPath } from 'node:url'
import { dashboardQueries } from '@llmscope/dashboards'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { query, total, traceOf } from '../../examples/demo/backends.ts'
import { checks, settled } from '../../examples/demo/checks.ts'
import { end, run, type Running } from '../../examples/demo/children.ts'
import { type Answered, type Demo, startDemo } from '../../examples/demo/demo.ts'
import { type OtlpSink, startOtlpSink } from '../sdk/otlp-sink.ts'
import { exemplars, one, range, treeOf } from './backends.ts'

const QUESTIONS = ['What do 4 L40S cost for 30 hours?', 'What do 16 A100 cost for 6 hours?']
const RECORDED = fileURLToPath(new URL('../fixtures/host-agent/bin', import.meta.url))
const WAIT = { timeout: 30_000, interval: 250 }

let vendor: OtlpSink
let demo: Demo
let failing: Running
let jaeger: string
let prometheus: string
const answers: Answered[] = []

beforeAll(async () => {
  // the demo must use its own server here, whatever the developer's shell has
  delete process.env['OPENAI_API_KEY']
  delete process.env['OPENAI_BASE_URL']
  vendor = await startOtlpSink()
  demo = await startDemo({
    steps: 400,
    speed: 5,
    ports: 'free',
    profile: 'local-vendor',
    env: {
      LLMSCOPE_VENDOR_ENDPOINT: vendor.url,
      LLMSCOPE_VENDOR_ENCODING: 'json',
      PATH: `${RECORDED}:${process.env['PATH']}`,
    },
    onProgress: (line) => process.stdout.write(`${line}\n`),
  })
  ;({ jaeger, prometheus } = demo.stack.urls)
  failing = run('test/e2e/failing-app.mjs', {
    traced: true,
    env: {
      OTEL_SERVICE_NAME: 'failing-app',
      OTEL_EXPORTER_OTLP_ENDPOINT: demo.stack.urls.otlpHttp,
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
      OTEL_METRIC_EXPORT_TIMEOUT: '1000',
      OPENAI_BASE_URL: demo.canned?.url,
      OPENAI_API_KEY: 'canned',
    },
  })
  for (const question of QUESTIONS) answers.push(await demo.ask(question))
  await demo.training
})

afterAll(async () => {
  if (failing) await end(failing)
  await demo?.stop()
  await vendor?.close()
})

test('Jaeger gives back the trace of an answer as one tree', async () => {
  for (const { traceId } of answers) {
    await expect.poll(async () => (await traceOf(jaeger, traceId)).length, WAIT).toBe(10)
    const root = treeOf(await traceOf(jaeger, traceId))
    expect(root.name).toBe('invoke_workflow answer_question')
    expect(root.children.map(({ name }) => name)).toEqual(['invoke_agent handbook_agent'])
    const steps = root.children[0]?.children ?? []
    expect(steps.map(({ name }) => name).toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => 'chat gpt-5-mini'),
      'execute_tool calculator',
      'execute_tool gpu_price',
      'retrieval gpu_handbook',
    ])
  }
})

test('the spans have what Jaeger reads in its view of conversations', async () => {
  const spans = await traceOf(jaeger, answers[0]?.traceId ?? '')
  const chats = spans.filter(({ name }) => name === 'chat gpt-5-mini')
  for (const { attributes, service } of chats) {
    expect(service).toBe('example-agent')
    expect(attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5-mini',
      'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
      'gen_ai.conversation.id': expect.any(String),
      'user.id': 'example-user',
      'llmscope.variant': 'brief',
    })
    const messages = JSON.parse(String(attributes['gen_ai.input.messages'])) as unknown[]
    expect(messages[0]).toMatchObject({ role: 'system', parts: [{ type: 'text' }] })
  }
  const outputs = chats.map(({ attributes }) =>
    JSON.parse(String(attributes['gen_ai.output.messages'])),
  )
  expect(outputs.flat()).toContainEqual({
    role: 'assistant',
    parts: [expect.objectContaining({ type: 'tool_call', name: 'calculator' })],
  })
  const tool = spans.find(({ name }) => name === 'execute_tool gpu_price')
  expect(JSON.parse(String(tool?.attributes['gen_ai.tool.call.arguments']))).toHaveProperty('gpu')
})

test('token metrics equal what the server billed, to the token', async () => {
  const billed = demo.canned?.billed ?? {}
  const { input, output, cacheRead, reasoning, requests } = billed['gpt-5-mini'] ?? {}
  const model = '{gen_ai_request_model="gpt-5-mini"}'
  const usage = 'gen_ai_client_inference_usage'
  await expect
    .poll(() => total(prometheus, `${usage}_input_tokens_total${model}`), WAIT)
    .toBe(input)
  expect(await total(prometheus, `${usage}_output_tokens_total${model}`)).toBe(output)
  expect(await total(prometheus, `${usage}_cache_read_input_tokens_total${model}`)).toBe(cacheRead)
  expect(await total(prometheus, `${usage}_reasoning_output_tokens_total${model}`)).toBe(reasoning)
  const duration = `gen_ai_client_inference_duration_seconds_count${model}`
  expect(await total(prometheus, duration)).toBe(requests)
  // one call of each answer, the plan, is not streamed
  const firstChunk = `gen_ai_client_inference_time_to_first_chunk_seconds_count${model}`
  expect(await total(prometheus, firstChunk)).toBe((requests ?? 0) - answers.length)
  const embedded = 'gen_ai_client_embeddings_operation_input_tokens_sum'
  expect(await total(prometheus, embedded)).toBe(billed['text-embedding-3-small']?.input)
})

test('cost metrics equal what the server billed, at the prices of the table', async () => {
  const billed = demo.canned?.billed ?? {}
  const chat = billed['gpt-5-mini'] ?? { input: 0, output: 0, cacheRead: 0 }
  const embedded = billed['text-embedding-3-small'] ?? { input: 0 }
  const fresh = chat.input - chat.cacheRead
  const prices = {
    'gpt-5-mini': (fresh * 0.25 + chat.cacheRead * 0.025 + chat.output * 2) / 1e6,
    'text-embedding-3-small': (embedded.input * 0.02) / 1e6,
  }
  for (const [model, cost] of Object.entries(prices)) {
    expect(cost).toBeGreaterThan(0)
    const metric = `sum(llmscope_cost_total{gen_ai_request_model="${model}"})`
    await expect.poll(() => one(prometheus, metric), WAIT).toBeCloseTo(cost, 12)
  }
  expect(await query(prometheus, 'llmscope_cost_unpriced_calls_total')).toEqual([])
  const traces = await Promise.all(answers.map(({ traceId }) => traceOf(jaeger, traceId)))
  const told = traces
    .flat()
    .reduce((sum, { attributes }) => sum + Number(attributes['llmscope.cost.amount'] ?? 0), 0)
  expect(told).toBeCloseTo(prices['gpt-5-mini'] + prices['text-embedding-3-small'], 12)
})

test('what the provider allows is told as it said, and every attempt is counted', async () => {
  const model = 'service_name="example-agent", gen_ai_request_model="gpt-5-mini"'
  const tokens = `llmscope_rate_limit_limit{${model}, llmscope_rate_limit_kind="tokens"}`
  await expect.poll(() => one(prometheus, `max(${tokens})`), WAIT).toBe(20_000)
  const answered = `llmscope_client_attempts_total{${model}, http_response_status_code="200"}`
  await expect
    .poll(() => total(prometheus, answered), WAIT)
    .toBe(demo.canned?.billed['gpt-5-mini']?.requests)
})

test('the summary of the demo names the model of each number', async () => {
  const told = await Promise.all(checks(demo, answers).map(async (each) => settled(each, 30_000)))
  expect(told).toContainEqual(expect.stringMatching(/\bgpt-5-mini: \d+ input, \d+ output/))
  expect(told).toContainEqual(expect.stringMatching(/\btext-embedding-3-small: \d+ input(;|$)/))
})

test('spans and metrics tell the same tokens', async () => {
  const traces = await Promise.all(answers.map(({ traceId }) => traceOf(jaeger, traceId)))
  const tokens = traces
    .flat()
    .filter(({ name }) => name.startsWith('chat'))
    .reduce((sum, { attributes }) => sum + Number(attributes['gen_ai.usage.output_tokens']), 0)
  expect(tokens).toBe(demo.canned?.billed['gpt-5-mini']?.output)
})

test('the answers are scored', async () => {
  await expect
    .poll(() => total(prometheus, 'llmscope_evaluation_score_count'), WAIT)
    .toBe(answers.length)
})

test('the training loss falls', async () => {
  const steps = 'max_over_time(training_steps_total[5m])'
  await expect.poll(() => total(prometheus, steps), WAIT).toBe(400)
  const [losses = []] = await range(prometheus, 'training_loss')
  const [first = 0, last = 0] = [losses[0], losses.at(-1)]
  expect(losses.length).toBeGreaterThan(2)
  expect(last).toBeLessThan(first * 0.8)
})

test('the host and its GPUs are measured', async () => {
  await expect.poll(() => total(prometheus, 'system_memory_limit_bytes'), WAIT).toBeGreaterThan(0)
  for (const metric of [
    'system_cpu_time_seconds_total',
    'system_network_io_bytes_total',
    'system_cpu_load_average_1m',
  ]) {
    expect(await query(prometheus, metric)).not.toEqual([])
  }
  const gpus = await query(prometheus, 'hw_gpu_memory_limit_bytes')
  expect(gpus).toHaveLength(2)
  expect(gpus[0]?.labels).toMatchObject({ hw_type: 'gpu', hw_name: 'NVIDIA H100 80GB HBM3' })
  expect(await one(prometheus, 'count(hw_gpu_utilization_ratio{hw_gpu_task="general"})')).toBe(2)
})

test('the vendor gets the same spans', async () => {
  const stored = await Promise.all(answers.map(({ traceId }) => traceOf(jaeger, traceId)))
  const expected = stored
    .flat()
    .map(({ name }) => name)
    .toSorted()
  const atVendor = (): string[] =>
    vendor.spans
      .filter(({ traceId }) => answers.some((answer) => answer.traceId === traceId))
      .map(({ name }) => name)
      .toSorted()
  await expect.poll(atVendor, WAIT).toEqual(expected)
})

test('an exemplar leads from a metric to its trace', async () => {
  const metric = 'traces_span_metrics_duration_milliseconds_bucket{service_name="example-agent"}'
  await expect.poll(() => exemplars(prometheus, encodeURIComponent(metric)), WAIT).not.toEqual([])
  const [traceId = ''] = await exemplars(prometheus, encodeURIComponent(metric))
  expect(answers.map((answer) => answer.traceId)).toContain(traceId)
  expect(await traceOf(jaeger, traceId)).not.toEqual([])
})

test('every query of every dashboard returns data', async () => {
  // a rate needs counters that grow after they were first exported
  for (const question of QUESTIONS) await demo.ask(question)
  await expect.poll(emptyPanels, { timeout: 60_000, interval: 1000 }).toEqual([])
})

async function emptyPanels(): Promise<string[]> {
  const results = await Promise.all(
    dashboardQueries().map(async ({ dashboard, panel, expr }) => {
      const values = (await range(prometheus, expr)).flat().filter(Number.isFinite)
      return values.length === 0 ? [`${dashboard} / ${panel}: ${expr}`] : []
    }),
  )
  return results.flat()
}
