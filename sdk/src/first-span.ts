import * as imported from '@opentelemetry/api'
import type { Tracer, TracerProvider } from '@opentelemetry/api'
import { guard } from './guard.ts'
import { requireHere } from './here.ts'
import { ensureStarted, hasTracerProvider } from './started.ts'

type ActiveSpan = Parameters<Tracer['startActiveSpan']>
type Api = Pick<typeof imported, 'trace'>

interface Proxy extends TracerProvider {
  setDelegate(provider: TracerProvider): void
  getDelegate(): TracerProvider
}

/**
 * Has the decision taken at the first span of anybody's: a span of the application's around its first
 * call would be lost else, since it begins while there is no SDK.
 */
export function decideAtFirstSpan(): void {
  // the ESM and the CJS form of the API are two copies, each with a proxy of its own
  const required = requireHere('@opentelemetry/api') as Api
  for (const api of new Set<Api>([imported, required])) decideAtFirstSpanOf(api)
}

/** The same for a copy of the API that a package has for itself. */
export function decideAtFirstSpanOf({ trace }: Api): void {
  if (hasTracerProvider()) return
  const proxy = trace.getTracerProvider() as Proxy
  if (typeof proxy.setDelegate !== 'function') return
  const nobody = proxy.getDelegate()
  const late: TracerProvider = {
    getTracer: (...scope) => {
      const tracer = (): Tracer => {
        guard('start', ensureStarted)
        const provider = trace.getTracerProvider()
        // still ours: nobody has registered any
        const isOurs = provider === proxy && proxy.getDelegate() === late
        return (isOurs ? nobody : provider).getTracer(...scope)
      }
      const startActiveSpan = (...args: ActiveSpan): unknown => tracer().startActiveSpan(...args)
      return {
        startSpan: (...args) => tracer().startSpan(...args),
        startActiveSpan: startActiveSpan as Tracer['startActiveSpan'],
      }
    },
  }
  proxy.setDelegate(late)
}
