import { createRequire } from 'node:module'
import { diag } from '@opentelemetry/api'
import { installHooks } from './hooks.ts'
import { configure, type Options } from './options.ts'
import { decideLater, ensureStarted } from './started.ts'

/** What `start` gives back. */
export interface Started {
  /** Sends what is waiting, and ends the OpenTelemetry SDK where it is ours. Never rejects. */
  shutdown(): Promise<void>
}

interface NodeSdk {
  start(): void
  shutdown(): Promise<void>
}

/** Where every copy of `@opentelemetry/api` 1.x keeps what is registered globally. */
const API = Symbol.for('opentelemetry.js.api.1')

/**
 * How long an application may take to start an SDK of its own, in milliseconds. At `--import` time
 * there never is one, and a provider that is registered first stays for ever.
 */
const PATIENCE = 1000

let ours: NodeSdk | undefined

/**
 * Instruments every LLM client that is loaded from now on, and sends what they do to where the
 * standard `OTEL_*` variables say. An OpenTelemetry SDK that the application has started is used as
 * it is.
 *
 * @throws TypeError on a wrong option.
 */
export async function start(options: Options = {}): Promise<Started> {
  configure(options)
  await installHooks()
  startSdk()
  return { shutdown }
}

/** As `start`, but leaves the application time for an SDK of its own: until its first instrumented call. */
export async function startLater(): Promise<void> {
  await installHooks()
  decideLater(startSdk)
  setTimeout(ensureStarted, PATIENCE).unref()
}

/** Ends the OpenTelemetry SDK, if it is ours; what fails is logged. */
export async function shutdown(): Promise<void> {
  const sdk = ours
  ours = undefined
  try {
    await sdk?.shutdown()
  } catch (error) {
    diag.error('llmscope: the last telemetry could not be sent', error)
  }
}

function startSdk(): void {
  if (ours || hasProvider()) return
  const NodeSDK = loadNodeSdk()
  if (!NodeSDK) return
  // before 0.301 metrics and logs were sent only when asked for
  process.env['OTEL_METRICS_EXPORTER'] ??= 'otlp'
  process.env['OTEL_LOGS_EXPORTER'] ??= 'otlp'
  ours = new NodeSDK()
  ours.start()
}

/** Whether somebody has registered a tracer provider, through whatever copy of the API. */
function hasProvider(): boolean {
  const registry = (globalThis as Record<symbol, unknown>)[API] as { trace?: object } | undefined
  return registry?.trace !== undefined
}

// Loaded only when needed, and synchronously: the first call must not wait for it, nor be lost.
function loadNodeSdk(): (new () => NodeSdk) | undefined {
  try {
    const { NodeSDK } = createRequire(import.meta.url)('@opentelemetry/sdk-node') as {
      NodeSDK: new () => NodeSdk
    }
    return NodeSDK
  } catch (error) {
    process.emitWarning(
      'the application has not started an OpenTelemetry SDK, and @opentelemetry/sdk-node is not ' +
        'installed: nothing is sent. Run: npm install @opentelemetry/sdk-node',
      'LlmscopeWarning',
    )
    diag.debug('llmscope: cannot load @opentelemetry/sdk-node', error)
    return undefined
  }
}
