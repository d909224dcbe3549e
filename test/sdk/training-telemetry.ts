import { InMemoryLogRecordExporter, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { NodeSDK } from '@opentelemetry/sdk-node'
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace'
import { checkExported } from './conformance/exported.ts'

/** One exported data point; for a histogram `value` is its count. */
export interface Point {
  readonly metric: string
  readonly value: number
  /** Of a histogram. */
  readonly sum: number | undefined
  readonly attributes: Readonly<Record<string, unknown>>
}

export interface Event {
  readonly name: string | undefined
  readonly attributes: Readonly<Record<string, unknown>>
  readonly spanId: string | undefined
  readonly time: number
}

/** What a real OpenTelemetry SDK exported. */
export interface Telemetry {
  spans(run: string): readonly ReadableSpan[]
  span(run: string, name: string): ReadableSpan
  /** Exports the metrics, and returns the points of one run by their metric. */
  points(run: string): Promise<readonly Point[]>
  events(run: string, name: string): readonly Event[]
  /** Fails where something was exported that the catalogue does not know. */
  shutdown(): Promise<void>
}

const RUN = 'training.run.name'

/**
 * Starts a NodeSDK that exports to memory. With `DELTA` a metric is exported only in an interval
 * in which it was measured; with `CUMULATIVE` the JavaScript SDK repeats it for ever.
 */
export function startTelemetry(temporality = AggregationTemporality.DELTA): Telemetry {
  const spanExporter = new InMemorySpanExporter()
  const metricExporter = new InMemoryMetricExporter(temporality)
  const logExporter = new InMemoryLogRecordExporter()
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: 3_600_000,
  })
  const sdk = new NodeSDK({
    spanProcessors: [new SimpleSpanProcessor({ exporter: spanExporter })],
    metricReaders: [reader],
    logRecordProcessors: [new SimpleLogRecordProcessor({ exporter: logExporter })],
    autoDetectResources: false,
  })
  sdk.start()
  const spans = (run: string): ReadableSpan[] =>
    spanExporter.getFinishedSpans().filter(({ attributes }) => attributes[RUN] === run)
  return {
    spans,
    span: (run, name) => {
      const [found, ...more] = spans(run).filter((span) => span.name === name)
      if (!found || more.length > 0) throw new Error(`not one span ${name}: ${more.length + 1}`)
      return found
    },
    points: async (run) => {
      metricExporter.reset()
      await reader.forceFlush()
      return metricExporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
        .flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => ({
            metric: descriptor.name,
            value: typeof value === 'number' ? value : value.count,
            sum: typeof value === 'number' ? undefined : value.sum,
            attributes,
          })),
        )
        .filter(({ attributes }) => attributes[RUN] === run)
    },
    events: (run, name) =>
      logExporter
        .getFinishedLogRecords()
        .filter(({ eventName, attributes }) => eventName === name && attributes[RUN] === run)
        .map(({ eventName, attributes, spanContext, hrTime }) => ({
          name: eventName,
          attributes,
          spanId: spanContext?.spanId,
          time: hrTime[0] * 1000 + hrTime[1] / 1e6,
        })),
    shutdown: async () => {
      await reader.forceFlush()
      const exported = {
        spans: spanExporter.getFinishedSpans(),
        logs: logExporter.getFinishedLogRecords(),
        metrics: metricExporter.getMetrics(),
      }
      await sdk.shutdown()
      checkExported(exported)
    },
  }
}
