import type { Context } from '@opentelemetry/api'
import { bindSteps, isIterator } from '../../calls/iterator.ts'
import type { Callable } from '../../calls/replace.ts'
import { wrap } from '../../calls/wrap.ts'
import type { Declared, Subscription } from '../../frameworks/subscription.ts'
import { guard } from '../../guard.ts'
import { isObserved } from '../../started.ts'
import { within } from '../../within.ts'
import { handler, runs } from './handler.ts'

/** Who hears of the runs inside of what is configured with it. */
interface Manager {
  readonly handlers?: readonly unknown[]
  addHandler?(handler: object, inherit: boolean): void
  getParentRunId?(): string | undefined
}

type Maker = new () => Manager

/** What is wrapped of each of the declared classes and objects. */
const TARGETS: Readonly<Record<string, (declared: never) => boolean>> = {
  CallbackManager: (manager: Maker) => wrap(manager, '_configureSync', configuring),
  AsyncLocalStorageProviderSingleton: (provider: object) =>
    wrap(Object.getPrototypeOf(provider), 'runWithConfig', running(0)),
  BaseChatModel: ({ prototype }: { prototype: object }) =>
    wrap(prototype, '_streamIterator', running(1)) &&
    wrap(prototype, '_generateUncached', running(2)),
}

const listened = new Set<string>()

function subscribe(declared: Declared): number {
  for (const [name, listen] of Object.entries(TARGETS)) {
    const target = declared[name]
    if (target !== undefined && listen(target as never)) listened.add(name)
  }
  return listened.size
}

/** Has our handler among those of the application, also where it has none. */
function configuring(original: Callable): Callable {
  return function (this: Maker, ...args: unknown[]) {
    const manager = Reflect.apply(original, this, args) as Manager | undefined
    const ours = guard('callbacks', () =>
      isObserved() ? withHandler(manager ?? new this()) : undefined,
    )
    return ours ?? manager
  }
}

function withHandler(manager: Manager): Manager {
  if (manager.handlers?.includes(handler) === false) manager.addHandler?.(handler, true)
  return manager
}

/** Runs a method in the context of the run that its configuration, at this index, belongs to. */
function running(index: number): (original: Callable) => Callable {
  return (original) =>
    function (this: unknown, ...args: unknown[]) {
      const around = guard('run', () => contextIn(args[index]))
      const run = (): unknown => Reflect.apply(original, this, args)
      if (!around) return run()
      const result = within(around, run)
      guard('run', () => {
        if (isIterator(result)) bindSteps(result, around)
      })
      return result
    }
}

function contextIn(config: unknown): Context | undefined {
  const { callbacks } = (config ?? {}) as { readonly callbacks?: Manager }
  return runs.contextOf(callbacks?.getParentRunId?.())
}

/** LangChain, and LangGraph on top of it: agents, workflows and tools, by callbacks. */
export const langchain: Subscription = {
  module: '@langchain/core',
  majors: [1],
  files: [
    'dist/callbacks/manager',
    'dist/singletons/async_local_storage/index',
    'dist/language_models/chat_models',
  ],
  targets: Object.keys(TARGETS),
  subscribe,
}
