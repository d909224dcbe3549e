import { trace, type Tracer, type TracerProvider } from '@opentelemetry/api'
import { SCOPE } from './scope.ts'
import { ensureStarted } from './started.ts'

let provider: TracerProvider | undefined
let current: Tracer | undefined

const given = new WeakMap<TracerProvider, Tracer>()

/** The tracer of a provider that the application gave one of its clients. */
export function tracerOf(from: TracerProvider): Tracer {
  const known = given.get(from) ?? from.getTracer(SCOPE.name, SCOPE.version)
  given.set(from, known)
  return known
}

/** The tracer of whatever provider is global by now. */
export function tracer(): Tracer {
  ensureStarted()
  const registered = trace.getTracerProvider()
  if (!current || registered !== provider) {
    provider = registered
    current = registered.getTracer(SCOPE.name, SCOPE.version)
  }
  return current
}
