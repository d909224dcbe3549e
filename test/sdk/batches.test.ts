import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { start } from './child.ts'
import { type OtlpSink, startOtlpSink } from './otlp-sink.ts'

const MEBIBYTE = 1024 * 1024

// tens of megabytes go through two processes
vi.setConfig({ testTimeout: 60_000 })

let sink: OtlpSink
beforeEach(async () => {
  sink = await startOtlpSink()
})
afterEach(() => sink.close())

/** Calls a tool so many times, with results of so many bytes, under an OpenTelemetry SDK of ours. */
async function run(calls: number, bytes: number, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const script = `
    import { start, tool } from '@llmscope/sdk'
    const llmscope = start({ contentLimit: 400_000, spanContentLimit: 800_000 })
    for (let call = 0; call < ${calls}; call += 1) tool('look', () => 'x'.repeat(${bytes}))
    ${env['EXITS'] ? 'process.exit()' : 'await llmscope.shutdown()'}`
  const { stderr } = await start(['--input-type=module', '--eval', script], {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_only',
    ...env,
  }).ended
  expect(stderr).toBe('')
}

test('no export is larger than what receivers of gRPC take', async () => {
  await run(100, 300_000)
  expect(sink.spans).toHaveLength(100)
  expect(sink.largest).toBeLessThan(4 * MEBIBYTE)
  expect(sink.largest).toBeGreaterThan(3 * MEBIBYTE)
})

test('a process that exits sends all of them too', async () => {
  await run(40, 300_000, { EXITS: 'yes' })
  expect(sink.spans).toHaveLength(40)
  expect(sink.largest).toBeLessThan(4 * MEBIBYTE)
})

test('small spans stay together', async () => {
  await run(200, 100)
  expect(sink.spans).toHaveLength(200)
  expect(sink.received.split('\n').filter((body) => body.includes('resourceSpans'))).toHaveLength(1)
})
