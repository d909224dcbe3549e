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

const open = new Set<OpenCall>()
const waiting = new Set<TimedCall>()
let sweeper: NodeJS.Timeout | undefined

const collected = new FinalizationRegistry<OpenCall>((call) => call.end(undefined, 'abandoned'))

/** A call has begun: it is open until `forget`. */
export function begin(call: OpenCall): void {
  open.add(call)
}

export function forget(call: OpenCall): void {
  open.delete(call)
  waiting.delete(call as TimedCall)
}

/** The process is about to end, and all that is open with it. */
export function abandonAll(): void {
  for (const call of open) call.end(undefined, 'abandoned')
}

/** From now on a call waits for the application: if it does so too long, it is ended as abandoned. */
export function watchOpen(call: TimedCall): void {
  waiting.add(call)
  if (sweeper) return
  sweeper = setInterval(sweep, Math.min(settings().streamTimeout, 30_000))
  sweeper.unref()
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
  for (const call of waiting) {
    if (call.lastActivity < oldest) call.end(undefined, 'abandoned')
  }
  if (waiting.size > 0) return
  clearInterval(sweeper)
  sweeper = undefined
}
