import { context, type Context } from '@opentelemetry/api'
import type { Adapter, AttemptTarget, Target } from './adapter.ts'
import type { Attempt } from '../attempts/attempt.ts'
import { call } from './call.ts'
import { guard } from '../guard.ts'
import type { HeaderDialect } from '../attempts/header-dialects.ts'
import { adoptTracer, adoptTracing } from '../native/tracing.ts'
import { noteWrapper } from './other-instrumentation.ts'
import { watchPlainPromise } from './promise.ts'
import { requestIn, towardsProvider } from '../context/propagation.ts'
import { activeCall } from './recorder.ts'
import type { Callable } from './replace.ts'
import { within } from '../within.ts'
import { isObject, type Wrap, wrap } from './wrap.ts'

/** Wraps what the adapter names in a module's exports. Returns how many targets are instrumented now. */
export function patchModule(adapter: Adapter, exports: object): number {
  const { attempt, native } = adapter
  const client = native && prototypeOf(exports, native.owner)
  if (native && isObject(client)) adoptTracing(native, client)
  if (attempt?.owner) {
    const owner = ownerOf(prototypeOf(exports, attempt.owner), attempt.name)
    wrap(owner, attempt.name, watchAttempts(attempt))
  }
  return patchTargets(adapter, ({ owner }) =>
    owner === undefined ? exports : prototypeOf(exports, owner),
  )
}

/** Wraps what the adapter names in the classes that a client instance is made of. */
export function patchClient(adapter: Adapter, client: object): number {
  const { attempt, native } = adapter
  const prototype = native && ownerOf(client, native.settings)
  if (native && isObject(prototype)) {
    adoptTracing(native, prototype)
    adoptTracer(native, client)
  }
  if (attempt?.owner) wrap(ownerOf(client, attempt.name), attempt.name, watchAttempts(attempt))
  patchAttempts(adapter, client)
  return patchTargets(adapter, ({ owner, resource, name }) =>
    owner === undefined ? undefined : ownerOf(resolve(client, resource), name),
  )
}

/** How many of the methods that the adapter names a client instance has; none where it lacks the first. */
export function methodsOf({ targets }: Adapter, client: object): number {
  const has = targets.map(({ owner, resource, name }) => {
    const holder = owner === undefined ? undefined : resolve(client, resource)
    return isObject(holder) && typeof holder[name] === 'function'
  })
  return has[0] ? has.filter(Boolean).length : 0
}

function patchTargets(adapter: Adapter, ownerOfTarget: (target: Target) => unknown): number {
  const instrumented = adapter.targets.filter((target) =>
    wrap(ownerOfTarget(target), target.name, (original) => {
      noteWrapper(adapter, original)
      return function (this: unknown, ...args: unknown[]) {
        guard('patch', () => patchAttempts(adapter, this))
        guard('attempt', () => watchOption(adapter.attempt, args))
        return call(adapter, target.method, original, this, args)
      }
    }),
  )
  return instrumented.length
}

/** A class that a module does not export is seen when one of its instances is used. */
function patchAttempts({ attempt }: Adapter, self: unknown): void {
  if (attempt?.resource === undefined) return
  wrap(ownerOf(resolve(self, attempt.resource), attempt.name), attempt.name, watchAttempts(attempt))
}

function watchAttempts({ headers, transport }: AttemptTarget): Wrap {
  return (original) => {
    if (transport !== undefined && original.length > transport)
      return outward(watchTransport(original, transport, headers))
    const resend = transport === undefined ? undefined : 0
    return outward(watchEach(original, () => activeCall()?.attempt(headers, resend)))
  }
}

function watchTransport(original: Callable, index: number, headers: HeaderDialect): Callable {
  return function (this: unknown, ...args: unknown[]) {
    guard('attempt', () => {
      const running = activeCall()
      const own = args[index] ?? globalThis.fetch
      if (!running || typeof own !== 'function') return
      let resend = 0
      args[index] = watchEach(own as Callable, () => running.attempt(headers, resend++))
    })
    return Reflect.apply(original, this, args)
  }
}

/** Gives a function options of its own, whose `fetch` is seen: those of the application stay as they are. */
function watchOption(attempt: AttemptTarget | undefined, args: unknown[]): void {
  if (attempt?.option === undefined) return
  const { headers, isCall = () => true, name, option } = attempt
  const options = args[option]
  const own = (isObject(options) ? options[name] : undefined) ?? globalThis.fetch
  if (typeof own !== 'function') return
  let resend = 0
  const watched = watchEach(own as Callable, (url) =>
    isCall(url) ? activeCall()?.attempt(headers, resend++) : undefined,
  )
  args[option] = { ...(isObject(options) && options), [name]: outward(watched) }
}

/** Each call of what is wrapped is an attempt. */
function watchEach(original: Callable, begin: (request: unknown) => Attempt | undefined): Callable {
  return function (this: unknown, ...args: unknown[]) {
    const attempt = guard('attempt', () => begin(args[0]))
    const answer = Reflect.apply(original, this, args)
    if (!attempt || !(answer instanceof Promise)) return answer
    return guard('attempt', () => watchPlainPromise(answer, attempt)) ?? answer
  }
}

/** Requests that no call stands for go to a provider as well: lists of models, files. */
function outward(request: Callable): Callable {
  return function (this: unknown, ...args: unknown[]) {
    const outside = guard('propagation', contextOutside)
    return outside
      ? within(outside, () => Reflect.apply(request, this, args))
      : Reflect.apply(request, this, args)
  }
}

/** The context to make a request in, where it is not that which is active. */
function contextOutside(): Context | undefined {
  const active = context.active()
  return requestIn(active) === undefined ? towardsProvider(active) : undefined
}

function prototypeOf(exports: object, path: string): unknown {
  return resolve(exports, `${path}.prototype`)
}

/** The object in the prototype chain that has the method, so that every instance is served. */
function ownerOf(instance: unknown, name: string): unknown {
  let owner = instance
  while (isObject(owner) && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner)
  return owner
}

function resolve(root: unknown, path: string | undefined): unknown {
  if (!path) return root
  return path
    .split('.')
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), root)
}
