import * as api from '@opentelemetry/api'
import { createRequire } from 'node:module'
import { isAnythingLost, reportLost, watchDeliveries } from './deliveries.ts'
import { decideAtFirstSpan } from './first-span.ts'
import { guard } from './guard.ts'
import { installHooks } from './hooks.ts'
import { log, warn } from './log.ts'
import { unwantedViews } from './metrics-unwanted.ts'
import { configure, type Options } from './options.ts'
import { abandonAll } from './open-calls.ts'
import { decideLater, ensureStarted, hasTracerProvider } from './started.ts'

/** What `start` gives back. */
export interface Started {
  /** Ends what is open, sends what is waiting, and ends the OpenTelemetry SDK where it is ours. Never rejects. */
  shutdown(): Promise<void>
}

interface NodeSdk {
  start(): void
  shutdown(): Promise<void>
}

type NodeSdkClass = new (configuration: { readonly views: readonly object[] }) => NodeSdk

/**
 * How long an application may take to start an SDK of its own, in milliseconds. At `--import` time
 * there never is one, and a provider that is registered first stays for ever.
 */
const PATIENCE = 1000

/** After how long people are told why their process does not end yet, in milliseconds. */
const SLOW = 2000

/** Before 0.301 an SDK sent metrics and logs only when asked to, and none counts itself unasked. */
const DEFAULTS: Readonly<Record<string, string>> = {
  OTEL_METRICS_EXPORTER: 'otlp',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_NODE_EXPERIMENTAL_SDK_METRICS: 'true',
}

const require = createRequire(import.meta.url)

let ours: NodeSdk | undefined

/**
 * Instruments every LLM client that is loaded from now on, and sends what they do to where the
 * standard `OTEL_*` variables say. An OpenTelemetry SDK that the application has started is used as
 * it is.
 *
 * @throws TypeError on a wrong option.
 */
export function start(options: Options = {}): Started {
  configure(options)
  installHooks()
  startSdk()
  return { shutdown }
}

/** As `start`, but leaves the application time for an SDK of its own: until the first span, its or ours. */
export function startLater(): void {
  installHooks()
  decideLater(startSdk)
  decideAtFirstSpan()
  setTimeout(ensureStarted, PATIENCE).unref()
}

/** Ends what is open, and the OpenTelemetry SDK if it is ours. What cannot be sent is told in a warning. */
export async function shutdown(): Promise<void> {
  abandonAll()
  const sdk = ours
  ours = undefined
  await deliver(() => sdk?.shutdown())
  reportLost()
}

/** Sends what is waiting, if the OpenTelemetry SDK is ours, and goes on. */
export async function flush(): Promise<void> {
  if (!ours) return
  const { logs } = api as Partial<typeof api>
  const tracers = api.trace.getTracerProvider() as Partial<api.ProxyTracerProvider>
  const providers: unknown[] = [
    tracers.getDelegate?.() ?? tracers,
    api.metrics.getMeterProvider(),
    logs?.getLoggerProvider(),
  ]
  await deliver(() =>
    Promise.all(
      providers.map((provider) => (provider as { forceFlush?(): unknown }).forceFlush?.()),
    ),
  )
}

async function deliver(send: () => unknown): Promise<void> {
  const slow = setTimeout(() => {
    warn('still sending the last telemetry; OTEL_EXPORTER_OTLP_TIMEOUT says for how long at most')
  }, SLOW)
  slow.unref()
  try {
    await send()
  } catch (error) {
    // what exporters fail with has been told by then, each signal by itself
    if (!isAnythingLost()) warn(`the last telemetry could not be sent: ${String(error)}`)
  } finally {
    clearTimeout(slow)
  }
}

function startSdk(): void {
  if (ours || hasTracerProvider()) return
  const NodeSDK = loadNodeSdk()
  if (!NodeSDK) return
  const views = process.env['OTEL_NODE_EXPERIMENTAL_SDK_METRICS'] ? [] : unwantedViews
  const defaults = Object.entries(DEFAULTS).filter(([name]) => !process.env[name])
  for (const [name, value] of defaults) process.env[name] = value
  try {
    const sdk = new NodeSDK({ views })
    sdk.start()
    ours = sdk
    guard('deliveries', () => watchDeliveries(require.resolve('@opentelemetry/sdk-node')))
  } catch (error) {
    warn(`the OpenTelemetry SDK could not be started, nothing is sent: ${String(error)}`)
  } finally {
    // the environment is the application's, and its children's
    for (const [name] of defaults) delete process.env[name]
  }
}

// Loaded only when needed, and synchronously: the first call must not wait for it, nor be lost.
function loadNodeSdk(): NodeSdkClass | undefined {
  try {
    const { NodeSDK } = require('@opentelemetry/sdk-node') as {
      NodeSDK: NodeSdkClass
    }
    return NodeSDK
  } catch (error) {
    warn(
      'the application has not started an OpenTelemetry SDK, and @opentelemetry/sdk-node is not ' +
        'installed: nothing is sent. Run: npm install @opentelemetry/sdk-node',
    )
    log('debug', 'cannot load @opentelemetry/sdk-node', error)
    return undefined
  }
}
