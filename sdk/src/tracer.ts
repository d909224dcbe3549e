import { trace, type Tracer } from '@opentelemetry/api'
import { SCOPE } from './scope.ts'
import { ensureStarted } from './started.ts'

/** The tracer of whatever provider is global by now. */
export function tracer(): Tracer {
  ensureStarted()
  return trace.getTracer(SCOPE.name, SCOPE.version)
}
