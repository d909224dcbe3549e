import * as own from '@opentelemetry/api'
import { NodeSDK, type NodeSDKConfiguration } from '@opentelemetry/sdk-node'

type Instrumentation = NonNullable<NodeSDKConfiguration['instrumentations']>[number]

/** A copy of `@opentelemetry/api`. */
export type Api = Pick<typeof own, 'metrics' | 'trace'>

interface Flushable {
  forceFlush?(): Promise<void>
}

/** Starts OpenTelemetry's SDK as its variables say, with instrumentations of the bench's install. */
export function startOpenTelemetry(...instrumentations: readonly unknown[]): void {
  new NodeSDK({ instrumentations: instrumentations as Instrumentation[] }).start()
}

/** Sends the spans that are queued. */
export async function flushSpans({ trace }: Api = own): Promise<void> {
  const provider = (trace.getTracerProvider() as own.ProxyTracerProvider).getDelegate()
  await (provider as Flushable).forceFlush?.()
}

/** Sends what is measured. */
export async function flushMetrics({ metrics }: Api = own): Promise<void> {
  await (metrics.getMeterProvider() as Flushable).forceFlush?.()
}
