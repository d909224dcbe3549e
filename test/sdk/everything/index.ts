import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Semconv, start, withContext } from '@llmscope/sdk'
import type * as api from '@opentelemetry/api'
import { vi } from 'vitest'
import { FACTS } from '../facts.ts'
import { startOpenAIServer } from '../openai-server/server.ts'
import { startOtlpSink, type OtlpSink } from '../otlp-sink.ts'
import { forgetTelemetry } from '../telemetry.ts'
import { callOpenAI } from './openai.ts'
import { runOperations } from './operations.ts'

const otherApi = createRequire(import.meta.url)('@opentelemetry/api') as typeof api

/** Where all of it is sent, soon. */
export function variablesFor(sink: OtlpSink): Readonly<Record<string, string>> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_METRIC_EXPORT_INTERVAL: '200',
    OTEL_METRIC_EXPORT_TIMEOUT: '200',
    OTEL_BSP_SCHEDULE_DELAY: '50',
    OTEL_BLRP_SCHEDULE_DELAY: '50',
  }
}

/** Has llmscope say all that it can by these names, does `more`, and gives back what was received. */
export async function exportEverything(
  semconv: Semconv,
  more: (sink: OtlpSink) => Promise<void> = async () => undefined,
): Promise<OtlpSink> {
  const sink = await startOtlpSink()
  const server = await startOpenAIServer()
  for (const [name, value] of Object.entries(variablesFor(sink))) vi.stubEnv(name, value)
  const started = start({
    semconv,
    captureContent: 'span_and_event',
    metricTags: ['team'],
    slowAfter: 0,
    expensiveAbove: 0,
    prices: fileURLToPath(new URL('prices.json', import.meta.url)),
  })
  await withContext(FACTS, async () => {
    await callOpenAI(server.baseURL)
    runOperations()
    await more(sink)
  })
  // what the OpenTelemetry SDK counts of itself is told after it was done
  for (const record of ['span', 'log']) {
    const metric = `metric otel.sdk.processor.${record}.processed`
    await vi.waitUntil(() => sink.seen.has(metric), { timeout: 10_000 })
  }
  await started.shutdown({ timeoutMillis: 10_000 })
  vi.unstubAllEnvs()
  forgetTelemetry()
  // the SDK that llmscope starts is CommonJS, and has registered by the API's other copy
  otherApi.trace.disable()
  await server.close()
  await sink.close()
  return sink
}
