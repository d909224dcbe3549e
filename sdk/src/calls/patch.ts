import type { Adapter, ModelLoader, Target } from './adapter.ts'
import { call } from './call.ts'
import { guard } from '../guard.ts'
import { localCall } from './local-calls.ts'
import { adoptTracer, adoptTracing } from '../native/tracing.ts'
import { noteWrapper } from './other-instrumentation.ts'
import { watchPlainPromise } from './promise.ts'
import { isObject, type Wrap, wrap } from './wrap.ts'
import { watchAttempts, watchOption } from '../attempts/watch-attempts.ts'

/** Wraps what the adapter names in a module's exports. Returns how many targets are instrumented now. */
export function patchModule(adapter: Adapter, exports: object): number {
  const { attempt, native, loader } = adapter
  const client = native && prototypeOf(exports, native.owner)
  if (native && isObject(client)) adoptTracing(native, client)
  if (loader) wrap(resolve(exports, loader.owner), loader.name, watchLoading(loader))
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
    owner === undefined ? client : ownerOf(resolve(client, resource), name),
  )
}

/**
 * How many of the methods that the adapter names an object has; none where it is no client of the adapter's: by what the
 * adapter says, or as it lacks the first.
 */
export function methodsOf(adapter: Adapter, client: object): number {
  const isClient = adapter.isClient?.(client)
  if (isClient === false) return 0
  const has = adapter.targets.map(({ owner, resource, name }) => {
    const isModules = owner === undefined && !adapter.isClient
    const holder = isModules ? undefined : resolve(client, resource)
    return isObject(holder) && typeof holder[name] === 'function'
  })
  return (isClient ?? has[0]) ? has.filter(Boolean).length : 0
}

function patchTargets(adapter: Adapter, ownerOfTarget: (target: Target) => unknown): number {
  const instrumented = adapter.targets.filter((target) =>
    wrap(ownerOfTarget(target), target.name, (original) => {
      noteWrapper(adapter, original)
      const { method } = target
      return function (this: unknown, ...args: unknown[]) {
        guard('patch', () => patchAttempts(adapter, this))
        guard('attempt', () => watchOption(adapter.attempt, args, this))
        const part = adapter.isLocal
          ? guard('method', () => localCall()?.givenWithin(target.name, this, args))
          : undefined
        if (part) return Reflect.apply(original, this, part)
        const chosen =
          'choose' in method
            ? guard('method', () => method.choose(args[0], args.slice(1), this))
            : method
        return chosen
          ? call(adapter, chosen, original, this, args)
          : Reflect.apply(original, this, args)
      }
    }),
  )
  return instrumented.length
}

function watchLoading(loader: ModelLoader): Wrap {
  return (original) =>
    function (this: unknown, ...args: unknown[]) {
      const loading = Reflect.apply(original, this, args)
      if (!(loading instanceof Promise)) return loading
      const settle = (model: unknown): void => loader.loaded(model, args)
      const watch = (): unknown => watchPlainPromise(loading, { settle, fail: () => undefined })
      return guard('model', watch) ?? loading
    }
}

/** A class that a module does not export is seen when one of its instances is used. */
function patchAttempts({ attempt }: Adapter, self: unknown): void {
  if (attempt?.resource === undefined) return
  wrap(ownerOf(resolve(self, attempt.resource), attempt.name), attempt.name, watchAttempts(attempt))
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
