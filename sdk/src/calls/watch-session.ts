import { guard } from '../guard.ts'
import { within } from '../within.ts'
import type { Adapter } from './adapter.ts'
import { type Callable, replace } from './replace.ts'
import { SessionCalls } from './session-calls.ts'
import type { ReadMessage, Session } from './session.ts'
import { isObject } from './wrap.ts'

/** Watches a session that is about to be opened: gives the client listeners of ours for the application's. */
export function watchListeners(
  adapter: Adapter,
  session: Session,
  self: unknown,
  args: unknown[],
): SessionCalls | undefined {
  const [opening] = args
  if (!isObject(opening)) return undefined
  const calls = new SessionCalls(adapter, session, self, opening)
  const own = opening[session.listeners]
  if (!isObject(own)) return calls
  args[0] = { ...opening, [session.listeners]: listening(own, session, calls) }
  return calls
}

/** Watches what the application sends on a session that is open. */
export function watchSends(opened: unknown, { sends }: Session, calls: SessionCalls): void {
  if (!isObject(opened)) return
  for (const [name, read] of Object.entries(sends)) {
    const send = opened[name]
    if (typeof send !== 'function') continue
    replace(opened, name, send, function (this: unknown, ...args) {
      const result = Reflect.apply(send, this, args)
      note(calls, read, args[0])
      return result
    })
  }
}

/** The application's listeners, which are called in the context in which it gave them. */
function listening(
  own: Record<string, unknown>,
  { hears }: Session,
  calls: SessionCalls,
): Record<string, unknown> {
  const listeners = Object.create(own) as Record<string, unknown>
  const names = new Set(Object.keys(hears))
  for (const key in own) names.add(key)
  for (const name of names) {
    const listener = own[name]
    if (typeof listener !== 'function') continue
    const read = hears[name]
    listeners[name] = function (this: unknown, ...args: unknown[]) {
      if (read) note(calls, read, args[0])
      const self = this === listeners ? own : this
      return within(calls.context, () => Reflect.apply(listener as Callable, self, args))
    }
  }
  return listeners
}

function note(calls: SessionCalls, read: ReadMessage, message: unknown): void {
  guard('session', () => {
    const sign = read(message)
    if (sign) calls.note(message, sign)
  })
}
