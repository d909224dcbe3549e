import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
} from '@opentelemetry/otlp-transformer'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { Conformance } from './conformance.ts'
import type { Request } from './otlp.ts'

/** What exporters to memory hold. */
export interface Exported {
  readonly spans: readonly ReadableSpan[]
  readonly logs: readonly ReadableLogRecord[]
  readonly metrics: readonly ResourceMetrics[]
}

/** Fails the test whose exports would not be, sent over OTLP, what the catalogue says. */
export function checkExported({ spans, logs, metrics }: Exported): void {
  const conformance = new Conformance()
  const requests = [
    JsonTraceSerializer.serializeRequest([...spans]),
    JsonLogsSerializer.serializeRequest([...logs]),
    ...metrics.map((each) => JsonMetricsSerializer.serializeRequest(each)),
  ]
  for (const bytes of requests) {
    conformance.check(JSON.parse(new TextDecoder().decode(bytes)) as Request)
  }
  conformance.end()
}
