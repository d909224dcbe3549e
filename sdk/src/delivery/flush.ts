import { isAnythingLost } from '#platform'
import * as api from '@opentelemetry/api'
import { fault } from '../guard.ts'
import { warn } from '../log.ts'
import { settings } from '../options.ts'

/** Where `@opentelemetry/api-logs`, the logs API of SDK 2.x, keeps its provider. */
const FORMER_LOGS = Symbol.for('io.opentelemetry.js.api.logs')
const FORMER_VERSION = 1

type LoggerProviderGetter = (version: number) => object

/** How long `flush` and `shutdown` may take. */
export interface FlushOptions {
  /** Milliseconds; by default the option `exitTimeout`. */
  readonly timeoutMillis?: number
}

/** What came of it. */
export interface Flushed {
  /** Whether all was sent in time, as far as the OpenTelemetry SDK tells. */
  readonly complete: boolean
}

/**
 * Sends the spans, metrics and logs that are waiting in the OpenTelemetry SDK, be it ours or the
 * application's: before a serverless platform freezes the process, say. Never rejects, and resolves
 * at the deadline at the latest; what could not be sent is told in the result and, once, in a warning.
 */
export function flush(options: FlushOptions = {}): Promise<Flushed> {
  return deliver(flushProviders, options)
}

/** Waits for what `send` does until the deadline, and tells what came of it. Never rejects. */
export async function deliver(send: () => unknown, options: FlushOptions): Promise<Flushed> {
  try {
    return await race(send, options)
  } catch (error) {
    fault('flush', error)
    return { complete: false }
  }
}

async function race(
  send: () => unknown,
  { timeoutMillis = settings().exitTimeout }: FlushOptions,
): Promise<Flushed> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, timeoutMillis, `no answer within ${timeoutMillis} ms`)
  })
  const failure = await Promise.race([failureOf(send), late])
  clearTimeout(timer)
  const isLost = isAnythingLost()
  // what exporters fail with has been told by then, each signal by itself
  if (failure !== undefined && !isLost) warn(`the last telemetry could not be sent: ${failure}`)
  return { complete: failure === undefined && !isLost }
}

/** Asks every global provider at once to send what it has. */
export async function flushProviders(): Promise<void> {
  const { logs } = api as Partial<typeof api>
  const former = (globalThis as Record<symbol, LoggerProviderGetter | undefined>)[FORMER_LOGS]
  const tracers = api.trace.getTracerProvider() as Partial<api.ProxyTracerProvider>
  const providers = [
    tracers.getDelegate?.() ?? tracers,
    api.metrics.getMeterProvider(),
    logs?.getLoggerProvider(),
    former?.(FORMER_VERSION),
  ] as ReadonlyArray<{ forceFlush?(): unknown } | undefined>
  const results = await Promise.allSettled(providers.map(async (one) => one?.forceFlush?.()))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

async function failureOf(send: () => unknown): Promise<string | undefined> {
  try {
    await send()
    return undefined
  } catch (error) {
    return String(error)
  }
}
