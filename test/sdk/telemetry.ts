import { type Options, start } from '@llmscope/sdk'
import { context, diag, logs, metrics, propagation, trace } from '@opentelemetry/api'
import {
  InMemoryLogRecordExporter,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs'
import {
  AggregationTemporality,
  type Histogram,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { NodeSDK } from '@opentelemetry/sdk-node'
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace'
import { afterEach, beforeEach } from 'vitest'
import { checkExported } from './conformance/exported.ts'

/** One data point of a counter, or of a histogram. */
export interface Point {
  readonly attributes: Readonly<Record<string, unknown>>
  readonly value: number | undefined
  readonly histogram: Histogram | undefined
}

/** What a real OpenTelemetry SDK exported in one test. */
export class Telemetry {
  readonly #spans = new InMemorySpanExporter()
  readonly #logs = new InMemoryLogRecordExporter()
  readonly #metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  readonly #reader = new PeriodicExportingMetricReader({
    exporter: this.#metrics,
    exportIntervalMillis: 3_600_000,
  })
  readonly #sdk = new NodeSDK({
    spanProcessors: [new SimpleSpanProcessor({ exporter: this.#spans })],
    metricReaders: [this.#reader],
    logRecordProcessors: [new SimpleLogRecordProcessor({ exporter: this.#logs })],
    autoDetectResources: false,
  })

  start(): void {
    this.#sdk.start()
  }

  /** Fails where something was exported that the catalogue does not know. */
  async stop(): Promise<void> {
    await this.#reader.forceFlush()
    const exported = { spans: this.spans, logs: this.events, metrics: this.#metrics.getMetrics() }
    await this.#sdk.shutdown()
    checkExported(exported)
  }

  /** Finished spans, in the order of their ends. */
  get spans(): readonly ReadableSpan[] {
    return this.#spans.getFinishedSpans()
  }

  /** The only span; with a name, the only one of that name. */
  span(name?: string): ReadableSpan {
    const [found, ...more] = this.spans.filter((span) => name === undefined || span.name === name)
    if (!found || more.length > 0) {
      throw new Error(`not one ${name ?? 'span'} in: ${this.spans.map((span) => span.name).join()}`)
    }
    return found
  }

  get events(): readonly ReadableLogRecord[] {
    return this.#logs.getFinishedLogRecords()
  }

  /** All points, by the name of their metric, without what llmscope counts of itself. */
  async metrics(): Promise<ReadonlyMap<string, readonly Point[]>> {
    const all = await this.#collect()
    return new Map([...all].filter(([name]) => !name.startsWith('llmscope.sdk.')))
  }

  /** The points of one metric; none where it was never measured. */
  async points(metric: string): Promise<readonly Point[]> {
    return (await this.#collect()).get(metric) ?? []
  }

  async #collect(): Promise<ReadonlyMap<string, readonly Point[]>> {
    this.#metrics.reset()
    await this.#reader.forceFlush()
    const exported = this.#metrics
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    return new Map(
      exported.map(({ descriptor, dataPoints }) => [
        descriptor.name,
        dataPoints.map(({ attributes, value }) => ({
          attributes,
          value: typeof value === 'number' ? value : undefined,
          histogram: typeof value === 'number' ? undefined : (value as Histogram),
        })),
      ]),
    )
  }
}

/** Takes away what is registered globally, and the options of the last test. */
export function forgetTelemetry(): void {
  for (const api of [context, diag, logs, metrics, propagation, trace]) api.disable()
}

/** An OpenTelemetry SDK for each test of a file, under llmscope with these options. */
export function useTelemetry(options: Options = {}): () => Telemetry {
  let telemetry = new Telemetry()
  beforeEach(() => {
    telemetry = new Telemetry()
    telemetry.start()
    start(options)
  })
  afterEach(async () => {
    await telemetry.stop()
    forgetTelemetry()
  })
  return () => telemetry
}
