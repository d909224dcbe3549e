import { settings } from './options.ts'

/** Something that has not ended yet. */
export interface OpenCall {
  end(response?: undefined, outcome?: 'abandoned'): void
}

/** A call that should show life now and then. */
export interface TimedCall extends OpenCall {
  /** In milliseconds of `performance.now()`. */
  readonly lastActivity: number
}

const open = new Set<TimedCall>()
let sweeper: NodeJS.Timeout | undefined

const collected = new FinalizationRegistry<OpenCall>((call) => call.end(undefined, 'abandoned'))

/** Watches over a call until `forget`: one that waits too long for the application is ended as abandoned. */
export function watchOpen(call: TimedCall): void {
  open.add(call)
  if (sweeper) return
  sweeper = setInterval(sweep, Math.min(settings().streamTimeout, 30_000))
  sweeper.unref()
}

export function forget(call: TimedCall): void {
  open.delete(call)
}

/** Ends a call as abandoned when the object that the application would read it from is collected. */
export function endWhenCollected(object: object, call: OpenCall): void {
  collected.register(object, call, object)
}

/** The application has begun to read: the object may go while the call goes on. */
export function keepWhenCollected(object: object): void {
  collected.unregister(object)
}

function sweep(): void {
  const oldest = performance.now() - settings().streamTimeout
  for (const call of open) {
    if (call.lastActivity < oldest) call.end(undefined, 'abandoned')
  }
  if (open.size > 0) return
  clearInterval(sweeper)
  sweeper = undefined
}
