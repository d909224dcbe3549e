import { AsyncLocalStorage } from 'node:async_hooks'
import { tracingChannel } from 'node:diagnostics_channel'
import type { Context } from '@opentelemetry/api'
import { guard } from '../guard.ts'
import { within } from '../within.ts'

/** What is made of one operation that a channel tells of. */
export interface Followed {
  /** Everything inside of the operation runs in it. */
  readonly context: Context
  end(result: unknown): void
  fail(error: unknown): void
}

/** What a tracing channel of Node's hands to everybody, the same object from the start to the end. */
interface Traced {
  readonly result?: unknown
  readonly error?: unknown
}

/**
 * A store that channels enter as they do any: the context of OpenTelemetry, whose own store belongs to
 * whoever has registered it.
 */
class ContextStore extends AsyncLocalStorage<Context | undefined> {
  override run<R>(store: Context | undefined, callback: () => R): R
  override run<R, TArgs extends unknown[]>(
    store: Context | undefined,
    callback: (...args: TArgs) => R,
    ...args: TArgs
  ): R {
    const work = (): R => callback(...args)
    return store === undefined ? work() : within(store, work)
  }
}

/** Follows a tracing channel: `begin` is called with each message, before what that tells of runs. */
export function followChannel(
  name: string,
  begin: (message: object) => Followed | undefined,
): void {
  const followed = new WeakMap<object, Followed>()
  const { start, asyncEnd } = tracingChannel<Context | undefined, Traced>(name)
  start.bindStore(new ContextStore(), (message) => {
    const one = guard('channel', () => begin(message))
    if (one) followed.set(message, one)
    return one?.context
  })
  asyncEnd.subscribe((message) => {
    guard('channel', () => {
      const one = followed.get(message as Traced)
      const { error, result } = message as Traced
      if (error === undefined) one?.end(result)
      else one?.fail(error)
    })
  })
}
