import { createRequire } from 'node:module'
import { exportInBatches } from './batches.ts'
import { isCaptured } from '../content.ts'
import { destinationOf, type Signal } from './destination.ts'
import { exportFailure } from './export-failure.ts'
import { guard } from '../guard.ts'
import { warn } from '../log.ts'
import type { ExportResult } from './transport.ts'

interface Exporter {
  export: (this: Exporter, items: unknown, done: (result: ExportResult) => void) => void
}

const NAMES: Readonly<Record<Signal, string>> = {
  traces: 'spans',
  metrics: 'metric points',
  logs: 'log records',
}

/** How many records of a signal are lost since its exports began to fail. */
const losses = new Map<Signal, number>()
let isWatching = false

/** What is told of an export. */
export type ExportListener = (signal: Signal, count: number, result: ExportResult) => void

/**
 * Watches the OTLP exporters of the OpenTelemetry SDK that we start, whose failures are told nowhere
 * else: of every signal the first one is warned of, and that it works again.
 */
export function watchDeliveries(sdkNode: string): void {
  if (isWatching) return
  listenToExports(sdkNode, note)
  isWatching = true
}

/** Tells of every export by the OTLP exporters that come with this installed `@opentelemetry/sdk-node`. */
export function listenToExports(sdkNode: string, listener: ExportListener): void {
  const prototype = exporterPrototype(sdkNode)
  prototype.export = watched(prototype.export, listener)
}

/** Whether an export has failed and none of its signal has succeeded since. */
export function isAnythingLost(): boolean {
  return losses.size > 0
}

/** Says how much has been lost since exports began to fail. */
export function reportLost(): void {
  if (!isAnythingLost()) return
  const counts = [...losses].map(([signal, lost]) => `${lost} ${NAMES[signal]}`)
  warn(`not delivered at the end: ${counts.join(', ')}`)
}

function watched(original: Exporter['export'], listener: ExportListener): Exporter['export'] {
  return function (this: Exporter, items, done) {
    const send = (batch: unknown, finished: typeof done): void => {
      original.call(this, batch, (result) => {
        guard('export result', () => listener(signalOf(batch), countOf(batch), result))
        finished(result)
      })
    }
    if (Array.isArray(items) && isCaptured()) exportInBatches(items, send, done)
    else send(items, done)
  }
}

// The one class under the exporters of all signals and protocols.
function exporterPrototype(sdkNode: string): Exporter {
  const exporter = createRequire(sdkNode).resolve('@opentelemetry/exporter-trace-otlp-proto')
  const base = createRequire(exporter)('@opentelemetry/otlp-exporter-base') as {
    readonly OTLPExporterBase: { readonly prototype: Exporter }
  }
  return base.OTLPExporterBase.prototype
}

function note(signal: Signal, count: number, { code, error }: ExportResult): void {
  const { url } = destinationOf(signal)
  const lost = losses.get(signal)
  if (code !== 0) {
    losses.set(signal, (lost ?? 0) + count)
    if (lost === undefined) {
      warn(`${NAMES[signal]} cannot be sent to ${url}: ${exportFailure(error)}`)
    }
  } else if (lost !== undefined) {
    losses.delete(signal)
    warn(`${NAMES[signal]} reach ${url} again; ${lost} were not delivered`)
  }
}

interface MetricsData {
  readonly scopeMetrics: readonly {
    readonly metrics: readonly { readonly dataPoints: readonly unknown[] }[]
  }[]
}

function signalOf(items: unknown): Signal {
  if (!Array.isArray(items)) return 'metrics'
  const [first] = items as { readonly spanContext?: unknown }[]
  // a log record has the context of a span, a span tells it
  return typeof first?.spanContext === 'function' ? 'traces' : 'logs'
}

function countOf(items: unknown): number {
  if (Array.isArray(items)) return items.length
  return (items as MetricsData).scopeMetrics
    .flatMap(({ metrics }) => metrics)
    .reduce((count, { dataPoints }) => count + dataPoints.length, 0)
}
