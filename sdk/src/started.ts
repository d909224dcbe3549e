import type { TextMapPropagator } from '@opentelemetry/api'

/** Where every copy of `@opentelemetry/api` 1.x keeps what is registered globally. */
const API = Symbol.for('opentelemetry.js.api.1')

interface Registered {
  readonly trace?: object
  readonly metrics?: object
  readonly logs?: object
  readonly propagation?: TextMapPropagator
}

let decide: (() => void) | undefined

/** Leaves the decision whether to start an OpenTelemetry SDK for later. */
export function decideLater(decision: () => void): void {
  decide = decision
}

/** Takes the decision that was left open, if any. */
export function ensureStarted(): void {
  const decision = decide
  decide = undefined
  decision?.()
}

/** Whether somebody has registered a tracer provider, through whatever copy of the API. */
export function hasTracerProvider(): boolean {
  return registered().trace !== undefined
}

/** Whether somebody has registered a meter provider: without one, metrics go nowhere. */
export function hasMeterProvider(): boolean {
  return registered().metrics !== undefined
}

/** Whether anybody listens: without an OpenTelemetry SDK nothing need be done for a call at all. */
export function isObserved(): boolean {
  ensureStarted()
  const { trace, metrics, logs } = registered()
  return (trace ?? metrics ?? logs) !== undefined
}

/** What puts trace context and baggage into requests, where somebody has registered it. */
export function registeredPropagator(): TextMapPropagator | undefined {
  return registered().propagation
}

function registered(): Registered {
  return (globalThis as Record<symbol, Registered | undefined>)[API] ?? {}
}
