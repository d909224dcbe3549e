import type { Tracer } from '@opentelemetry/api'
import type { NativeTracing } from '../calls/adapter.ts'
import { guard } from '../guard.ts'
import { tracer, tracerOf } from '../tracer.ts'

/** Our tracer of the provider that the application gave a client, or of the global one. */
export function tracerFor(native: NativeTracing | undefined, self: unknown): Tracer {
  const provider = native && guard('native tracer', () => native.provider(self))
  return provider ? tracerOf(provider) : tracer()
}
