import { type Context, createContextKey, type TextMapPropagator } from '@opentelemetry/api'
import { guard } from '../guard.ts'
import { settings } from '../options.ts'
import { override } from '../calls/replace.ts'
import { registeredPropagator } from '../started.ts'

const KEY = createContextKey('llmscope request')

let heldBack: TextMapPropagator | undefined

/**
 * The context of a request to a provider, with what is to be found there again: the call that makes it,
 * if one does. An HTTP instrumentation may trace it as any other, but neither trace context nor baggage
 * goes into its headers, unless that is asked for.
 */
export function towardsProvider(active: Context, call: unknown = true): Context {
  guard('propagation', holdBack)
  return active.setValue(KEY, call)
}

/** What makes the request to a provider whose context this is; nothing where it is that of none. */
export function requestIn(active: Context): unknown {
  return active.getValue(KEY)
}

/** The context of the application's own work, also where a client does it in the middle of a call. */
export function ownWork(active: Context): Context {
  return requestIn(active) === undefined ? active : active.deleteValue(KEY)
}

// Whoever injects, injects by the one propagator that is registered: the application's own, at whatever time.
function holdBack(): void {
  const propagator = registeredPropagator()
  if (!propagator || propagator === heldBack) return
  heldBack = propagator
  const inject = propagator.inject.bind(propagator)
  override(propagator, 'inject', (...args) => {
    const [target] = args as Parameters<typeof inject>
    const isOurs = requestIn(target) === undefined || settings().propagateToProviders
    if (isOurs) Reflect.apply(inject, undefined, args)
  })
}
