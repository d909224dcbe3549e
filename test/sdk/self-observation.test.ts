import { agent, tool } from '@llmscope/sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Running, start } from './child.ts'
import { openai, useServer } from './openai-client.ts'
import { type OtlpSink, startOtlpSink } from './otlp-sink.ts'
import { useTelemetry } from './telemetry.ts'

const at = useServer()
const telemetry = useTelemetry()

async function operations(state: 'started' | 'ended' | 'open'): Promise<number> {
  const [point] = await telemetry().points(`llmscope.sdk.operations.${state}`)
  return point?.value ?? 0
}

test('every operation that is started is ended or open', async () => {
  const client = openai({ baseURL: at.server.baseURL })
  const ordinary = { model: 'ordinary', messages: [] }
  await client.chat.completions.create(ordinary)
  await client.chat.completions.create({ ...ordinary, model: 'bad-request' }).catch(() => undefined)
  agent('planner', () => tool('calculator', () => 42))
  const stream = await client.chat.completions.create({ ...ordinary, stream: true })
  expect(await operations('open')).toBe(1)
  expect(await operations('started')).toBe((await operations('ended')) + 1)
  for await (const chunk of stream) void chunk
  expect(await operations('open')).toBe(0)
  expect(await operations('started')).toBe(await operations('ended'))
  expect(telemetry().spans).toHaveLength(5)
})

let sink: OtlpSink
beforeEach(async () => {
  sink = await startOtlpSink()
})
afterEach(() => sink.close())

/** An application of plain spans under an OpenTelemetry SDK that we start. */
function run(program: string, env: NodeJS.ProcessEnv = {}): Running {
  const script = `
    import { start } from '@llmscope/sdk'
    import { trace } from '@opentelemetry/api'
    const llmscope = start()
    const span = () => trace.getTracer('application').startSpan('work').end()
    process.once('SIGTERM', () => llmscope.shutdown())
    ${program}`
  return start(['--input-type=module', '--eval', script], {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_TIMEOUT: '300',
    OTEL_METRIC_EXPORT_INTERVAL: '200',
    OTEL_METRIC_EXPORT_TIMEOUT: '200',
    OTEL_BSP_SCHEDULE_DELAY: '50',
    ...env,
  })
}

/** Spans that the processor is done with, by how. */
function processed(): Readonly<Record<string, unknown>> {
  const points = sink.points.filter(({ metric }) => metric === 'otel.sdk.processor.span.processed')
  return Object.fromEntries(
    points.map(({ attributes, value }) => [attributes['error.type'] ?? 'ok', value]),
  )
}

test('spans that a dead endpoint does not take are counted, and told once', async () => {
  const dead = 'http://127.0.0.1:9/v1/traces'
  const running = run('setInterval(span, 20)', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: dead })
  const counts = new Set<unknown>()
  await expect
    .poll(() => counts.add(processed()['Error'] ?? 0).size, { timeout: 10_000 })
    .toBeGreaterThan(2)
  expect(processed()['ok']).toBeUndefined()
  running.kill('SIGKILL')
  const { stderr } = await running.ended
  const told = `spans cannot be sent to ${dead}: connect ECONNREFUSED 127.0.0.1:9`
  expect(stderr.split(told)).toHaveLength(2)
})

test('spans that find no place in the queue are counted apart', async () => {
  const program = 'for (let i = 0; i < 10; i += 1) span(); setInterval(() => {}, 1000)'
  const running = run(program, {
    OTEL_BSP_MAX_QUEUE_SIZE: '2',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '2',
  })
  await expect.poll(processed, { timeout: 10_000 }).toEqual({ ok: 4, queue_full: 6 })
  expect(sink.spans).toHaveLength(4)
  running.kill('SIGKILL')
  await running.ended
})

test('a process tells at its end what it could not send', async () => {
  const { stderr } = await run('span(); span(); await llmscope.shutdown()', {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  }).ended
  expect(stderr).toMatch(/llmscope: not delivered at the end: (\d+ metric points, )?2 spans/)
})

test('a receiver that comes back is told of, with what was lost meanwhile', async () => {
  const { url } = sink
  await sink.close()
  const running = run('setInterval(span, 20)')
  await running.printed(`spans cannot be sent to ${url}/v1/traces`)
  sink = await startOtlpSink(Number(new URL(url).port))
  await running.printed(`spans reach ${url}/v1/traces again`)
  running.kill('SIGKILL')
  expect((await running.ended).stderr).toMatch(/spans reach \S+ again; [1-9]\d* were not delivered/)
})
