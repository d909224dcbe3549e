import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'

/** What sends items once, with the few attempts of its own that fit its time-out. */
export interface Exporter<Items> {
  readonly export: (items: Items, done: (result: { readonly error?: Error }) => void) => void
}

/** Where one kind of telemetry goes. */
export interface Target {
  readonly url: string
  /** Read anew for each request over HTTP; beside those of the standard variables. */
  readonly headers?: () => Promise<Record<string, string>>
}

interface Exporters {
  readonly metrics: (target: Target) => Promise<Exporter<ResourceMetrics>>
  readonly logs: (target: Target) => Promise<Exporter<ReadableLogRecord[]>>
  readonly traces: (target: Target) => Promise<Exporter<ReadableSpan[]>>
}

/** A protocol of OTLP. */
export type Protocol = 'http/json' | 'http/protobuf' | 'grpc'

/** The protocols of OTLP, as `OTEL_EXPORTER_OTLP_PROTOCOL` names them, each loaded when it is used. */
export const protocols: Readonly<Record<Protocol, Exporters>> = {
  'http/json': {
    metrics: async (target) => {
      const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http')
      return new OTLPMetricExporter(target)
    },
    logs: async (target) => {
      const { OTLPLogExporter } = await import('@opentelemetry/exporter-logs-otlp-http')
      return new OTLPLogExporter(target)
    },
    traces: async (target) => {
      const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
      return new OTLPTraceExporter(target)
    },
  },
  'http/protobuf': {
    metrics: async (target) => {
      const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-proto')
      return new OTLPMetricExporter(target)
    },
    logs: async (target) => {
      const { OTLPLogExporter } = await import('@opentelemetry/exporter-logs-otlp-proto')
      return new OTLPLogExporter(target)
    },
    traces: async (target) => {
      const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto')
      return new OTLPTraceExporter(target)
    },
  },
  grpc: {
    metrics: async ({ url }) => {
      const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-grpc')
      return new OTLPMetricExporter({ url })
    },
    logs: async ({ url }) => {
      const { OTLPLogExporter } = await import('@opentelemetry/exporter-logs-otlp-grpc')
      return new OTLPLogExporter({ url })
    },
    traces: async ({ url }) => {
      const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-grpc')
      return new OTLPTraceExporter({ url })
    },
  },
}
