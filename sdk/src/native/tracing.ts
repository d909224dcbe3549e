import type { Tracer } from '@opentelemetry/api'
import type { NativeSettings, NativeTracing } from '../calls/adapter.ts'
import { onSpans } from '../content.ts'
import { guard } from '../guard.ts'
import { isNativeTracer, nativeTracer } from './tracer.ts'
import { settings } from '../options.ts'

/** Prototypes whose instances have a tracer of ours. */
const adopted = new WeakSet<object>()

/**
 * Puts a tracer of ours in the place of the one that a client keeps, as its constructor stores it, and
 * has its settings say what is asked of us: of content, and of trace context for the provider. Nothing is done to a version that
 * does not trace itself.
 */
export function adoptTracing(native: NativeTracing, prototype: object): void {
  const accessor = Object.getOwnPropertyDescriptor(prototype, native.settings)
  if (!accessor?.get || adopted.has(prototype)) return
  adopted.add(prototype)
  Object.defineProperty(prototype, native.settings, {
    ...accessor,
    get(this: unknown) {
      const own = accessor.get?.call(this) as object
      return guard('native settings', () => settled(native, own)) ?? own
    },
  })
  Object.defineProperty(prototype, native.tracer, {
    configurable: true,
    get: () => undefined,
    set(this: object, tracer: unknown) {
      keep(this, native.tracer, guard('native tracer', () => ours(native, this, tracer)) ?? tracer)
    },
  })
}

/** As `adoptTracing`, for a client that there is already. */
export function adoptTracer(native: NativeTracing, client: object): void {
  const tracer: unknown = Object.getOwnPropertyDescriptor(client, native.tracer)?.value
  if (isObject(tracer)) keep(client, native.tracer, ours(native, client, tracer))
}

function ours(native: NativeTracing, client: object, tracer: unknown): unknown {
  const adopts = isObject(tracer) && !isNativeTracer(tracer)
  return adopts ? nativeTracer(native, client, tracer as Tracer) : tracer
}

/** What an assignment does where no accessor is in its way. */
function keep(client: object, key: string, value: unknown): void {
  Object.defineProperty(client, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  })
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

interface Settled {
  readonly asked: NativeSettings
  readonly settings: object
}

/** A client asks for its settings again and again: one copy of each is enough. */
const known = new WeakMap<object, Settled>()

function settled(native: NativeTracing, own: object): object {
  const propagates = settings().propagateToProviders
  const tellsContent = onSpans()
  const before = known.get(own)
  const isAsked =
    before?.asked.propagates === propagates && before.asked.tellsContent === tellsContent
  if (isAsked) return before.settings
  const asked = { propagates, tellsContent }
  const after = { asked, settings: native.settle(own, asked) }
  known.set(own, after)
  return after.settings
}
