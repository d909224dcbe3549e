import { trace, type Tracer, type TracerProvider } from '@opentelemetry/api'
import { SCOPE } from './scope.ts'
import { ensureStarted } from './started.ts'

let provider: TracerProvider | undefined
let current: Tracer | undefined

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
