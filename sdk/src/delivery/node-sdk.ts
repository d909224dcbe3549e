import { reportLost, watchDeliveries } from './deliveries.ts'
import { deliver, type Flushed, type FlushOptions, flushProviders } from './flush.ts'
import { guard } from '../guard.ts'
import { followExporters } from './hand-over.ts'
import { requireHere, requirePackage } from '../here.ts'
import { log, warn } from '../log.ts'
import { unwantedViews } from '../metrics-unwanted.ts'
import { abandonAll } from '../calls/open-calls.ts'
import { hasTracerProvider } from '../started.ts'

interface NodeSdk {
  start(): void
  shutdown(): Promise<void>
}

type NodeSdkClass = new (configuration: { readonly views: readonly object[] }) => NodeSdk

/** Before 0.301 an SDK sent metrics and logs only when asked to, and none counts itself unasked. */
const DEFAULTS: Readonly<Record<string, string>> = {
  OTEL_METRICS_EXPORTER: 'otlp',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_NODE_EXPERIMENTAL_SDK_METRICS: 'true',
}

let ours: NodeSdk | undefined
let ending: NodeSdk | undefined
let hasStarted = false

/**
 * Ends what is open, sends what is waiting, and ends the OpenTelemetry SDK if it is ours. What cannot be
 * sent until the deadline is told in a warning.
 */
export function shutdown(options: FlushOptions = {}): Promise<Flushed> {
  guard('abandoned', abandonAll)
  const sdk = ours
  if (!sdk) return deliver(flushProviders, options)
  ours = undefined
  ending = sdk
  return deliver(() => sdk.shutdown(), options).finally(() => {
    ending = undefined
    guard('exit', reportLost)
  })
}

/** The OpenTelemetry SDK that we have started, unless all that it can send is sent. */
export function ownSdk(): object | undefined {
  return ours ?? ending
}

/** Whether the OpenTelemetry SDK is, or was, one that we have started. */
export function ownsSdk(): boolean {
  return hasStarted
}

/** Starts an OpenTelemetry SDK, from the standard variables, unless the application has one. */
export function startSdk(): void {
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
    hasStarted = true
    guard('deliveries', () => watchDeliveries(requireHere.resolve('@opentelemetry/sdk-node')))
    guard('exit', () => followExporters(sdk))
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
    return (requirePackage('@opentelemetry/sdk-node') as { NodeSDK: NodeSdkClass }).NodeSDK
  } catch (error) {
    warn(
      'the application has not started an OpenTelemetry SDK, and @opentelemetry/sdk-node is not ' +
        'installed: nothing is sent. Run: npm install @opentelemetry/sdk-node',
    )
    log('debug', 'cannot load @opentelemetry/sdk-node', error)
    return undefined
  }
}
