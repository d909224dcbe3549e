import { type Context, createContextKey } from '@opentelemetry/api'
import { guard } from '../guard.ts'
import { settings } from '../options.ts'
import { override } from '../calls/replace.ts'
import { registeredPropagator } from '../started.ts'

const KEY = createContextKey('llmscope provider call')

const heldBack = new WeakSet<object>()

/**
 * The context of a request to a provider. An HTTP instrumentation may trace it as any other, but
 * neither trace context nor baggage goes into its headers, unless that is asked for.
 */
export function towardsProvider(active: Context): Context {
  if (settings().propagateToProviders) return active
  guard('propagation', holdBack)
  return active.getValue(KEY) === undefined ? active.setValue(KEY, true) : active
}

/** The context of the application's own work, also where a client does it in the middle of a call. */
export function ownWork(active: Context): Context {
  return active.getValue(KEY) === undefined ? active : active.deleteValue(KEY)
}

// Whoever injects, injects by the one propagator that is registered: the application's own, at whatever time.
function holdBack(): void {
  const propagator = registeredPropagator()
  if (!propagator || heldBack.has(propagator)) return
  heldBack.add(propagator)
  const inject = propagator.inject.bind(propagator)
  override(propagator, 'inject', (...args) => {
    const [target] = args as Parameters<typeof inject>
    if (target.getValue(KEY) === undefined) Reflect.apply(inject, undefined, args)
  })
}
