import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { Telemetry } from './rounds.ts'
import { createSender } from './sender.ts'

/** Sends telemetry over OTLP/HTTP, one request of a kind at a time, and never throws. */
export interface Delivery {
  /**
   * Takes what a round came to. Metrics that still wait for their turn are replaced by the newer ones;
   * log records wait until they are sent, the oldest of too many are lost.
   */
  readonly offer: (telemetry: Telemetry) => void
  /** Resolves when everything that was taken is sent or lost. */
  readonly flush: () => Promise<void>
}

const MOST_RECORDS = 1024

/**
 * Delivers metrics to `url` and log records to `logsUrl`; headers, compression, time-out and
 * certificates come from the standard `OTEL_EXPORTER_OTLP_*` variables. Says once when it fails and
 * once when it works again.
 */
export function createDelivery(
  url: string,
  logsUrl: string,
  log: (line: string) => void,
): Delivery {
  let newest: ResourceMetrics | undefined
  let records: ReadableLogRecord[] = []
  const metrics = createSender(new OTLPMetricExporter({ url }), url, log)
  const events = createSender(new OTLPLogExporter({ url: logsUrl }), logsUrl, log)
  const takeNewest = (): ResourceMetrics | undefined => {
    const taken = newest
    newest = undefined
    return taken
  }
  const takeRecords = (): ReadableLogRecord[] | undefined => {
    const taken = records
    records = []
    return taken.length > 0 ? taken : undefined
  }
  return {
    offer: (telemetry) => {
      newest = telemetry.metrics
      records = [...records, ...telemetry.records].slice(-MOST_RECORDS)
      metrics.send(takeNewest)
      events.send(takeRecords, (lost) => {
        records = [...lost, ...records].slice(-MOST_RECORDS)
      })
    },
    flush: async () => {
      await Promise.all([metrics.idle(), events.idle()])
    },
  }
}
