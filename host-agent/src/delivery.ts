import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { withoutSecrets } from './options.ts'

/** Sends metrics over OTLP/HTTP, one request at a time, and never throws. */
export interface Delivery {
  /** Takes the newest metrics; if others still wait for their turn, these replace them. */
  readonly offer: (metrics: ResourceMetrics) => void
  /** Resolves when everything that was taken is sent or lost. */
  readonly flush: () => Promise<void>
}

/**
 * Delivers to `url`; headers, compression, time-out and certificates come from the standard
 * `OTEL_EXPORTER_OTLP_*` variables. Says once when it fails and once when it works again.
 */
export function createDelivery(url: string, log: (line: string) => void): Delivery {
  const exporter = new OTLPMetricExporter({ url })
  const receiver = withoutSecrets(url)
  let waiting: ResourceMetrics | undefined
  let sending: Promise<void> | undefined
  let failing = false

  const send = async (): Promise<void> => {
    while (waiting) {
      const metrics = waiting
      waiting = undefined
      const error = await exportOnce(exporter, metrics)
      if (error && !failing)
        log(`cannot send to ${receiver}, and goes on trying: ${error.message || error.name}`)
      if (!error && failing) log(`sends to ${receiver} again`)
      failing = error !== undefined
    }
    sending = undefined
  }

  return {
    offer: (metrics) => {
      waiting = metrics
      sending ??= send()
    },
    flush: async () => sending,
  }
}

// Besides calling back with an error, the exporter can throw what its serializer throws.
function exportOnce(
  exporter: OTLPMetricExporter,
  metrics: ResourceMetrics,
): Promise<Error | undefined> {
  return new Promise<Error | undefined>((resolve) =>
    exporter.export(metrics, ({ error }) => resolve(error)),
  ).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
}
