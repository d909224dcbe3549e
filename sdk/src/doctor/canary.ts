import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type * as openTelemetry from '@opentelemetry/api'
import { listenToExports } from '../delivery/deliveries.ts'
import { destinationOf, type Signal, SIGNALS } from '../delivery/destination.ts'
import { doctorCanary } from '../metrics.ts'
import { SCOPE } from '../scope.ts'
import type { Subject } from './check.ts'

/** What came back for the canary of one signal. */
export interface Outcome {
  /** What the exporter failed with; absent where the receiver took it. */
  readonly error?: unknown
  /** What the receiver said beside taking it. */
  readonly partial?: string
}

interface NodeSdk {
  start(): void
  shutdown(): Promise<void>
}

const NAME = 'llmscope doctor'

/** How much later than its timeout an exporter may fail, in milliseconds. */
const SPARE = 1000

/** The field by which a partial success tells its signal. */
const REJECTED: Readonly<Record<Signal, string>> = {
  traces: 'rejectedSpans',
  metrics: 'rejectedDataPoints',
  logs: 'rejectedLogRecords',
}

/**
 * Sends a span, a metric and a log record as the application would: by the OpenTelemetry SDK that is
 * installed with it, configured by the same variables. Throws where there is none.
 */
export async function sendCanary(subject: Subject): Promise<ReadonlyMap<Signal, Outcome>> {
  const require = createRequire(join(subject.folder, 'index.js'))
  const sdkNode = require.resolve('@opentelemetry/sdk-node')
  const { NodeSDK } = require(sdkNode) as { NodeSDK: new () => NodeSdk }
  const api = createRequire(sdkNode)('@opentelemetry/api') as typeof openTelemetry
  const outcomes = new Map<Signal, Outcome>()
  const expected = SIGNALS.filter((signal) => isSent(signal, subject)).length
  listenToExports(sdkNode, (signal, _, { code, error }) =>
    outcomes.set(signal, code === 0 ? {} : { error: error ?? new Error('no reason given') }),
  )
  Object.assign(process.env, canaryEnvironment(subject))
  // it would bring a logger of its own
  delete process.env['OTEL_LOG_LEVEL']
  const partials = new Map<Signal, string>()
  listenToPartialSuccess(api, (signal, words) => partials.set(signal, words))
  const sdk = new NodeSDK()
  sdk.start()
  emit(api, subject.canaryBytes)
  // it gives up at the first failure, while the exporters of the other signals still wait for an answer
  await sdk.shutdown().catch(() => undefined)
  const latest = performance.now() + subject.timeout + SPARE
  while (outcomes.size < expected && performance.now() < latest) await setTimeout(50)
  for (const [signal, partial] of partials) outcomes.set(signal, { partial })
  return outcomes
}

const isSent = (signal: Signal, { environment }: Subject): boolean =>
  destinationOf(signal, environment).exporters.includes('otlp')

/** The application's own variables, but for what would keep the canary from being sent at once. */
function canaryEnvironment(subject: Subject): Record<string, string> {
  const exporters = SIGNALS.map((signal) => [
    `OTEL_${signal.toUpperCase()}_EXPORTER`,
    isSent(signal, subject) ? 'otlp' : 'none',
  ])
  const timeouts = SIGNALS.map((signal) => [
    `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_TIMEOUT`,
    String(subject.timeout),
  ])
  return {
    ...(Object.fromEntries([...exporters, ...timeouts]) as Record<string, string>),
    OTEL_SDK_DISABLED: 'false',
    OTEL_TRACES_SAMPLER: 'always_on',
  }
}

function emit({ trace, metrics, logs }: Partial<typeof openTelemetry>, bytes: number): void {
  const attributes = { 'llmscope.doctor.padding': 'x'.repeat(bytes) }
  trace?.getTracer(SCOPE.name, SCOPE.version).startSpan(NAME, { attributes }).end()
  const meter = metrics?.getMeter(SCOPE.name, SCOPE.version)
  meter?.createCounter(doctorCanary.name, doctorCanary).add(1)
  // the API has logs from 1.10 on
  logs
    ?.getLogger(SCOPE.name, SCOPE.version)
    .emit({ eventName: 'llmscope.doctor.canary', body: NAME })
}

const nothing = (): void => undefined

/** The exporters log what a receiver says that took only a part, and tell it to nobody. */
function listenToPartialSuccess(
  { diag, DiagLogLevel }: typeof openTelemetry,
  listener: (signal: Signal, words: string) => void,
): void {
  const warn = (message: string, details: unknown): void => {
    if (!message.includes('Partial Success') || typeof details !== 'string') return
    const signal = SIGNALS.find((candidate) => details.includes(REJECTED[candidate]))
    if (signal) listener(signal, details)
  }
  const logger = { error: nothing, warn, info: nothing, debug: nothing, verbose: nothing }
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
}
