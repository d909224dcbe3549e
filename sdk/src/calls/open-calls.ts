import { guard } from '../guard.ts'
import { countEnded, countStarted } from '../operations/operation-counters.ts'
import { settings } from '../options.ts'
import { RequestCalls } from './request-calls.ts'

/** Something that has not ended yet. */
export interface OpenCall {
  end(response?: undefined, outcome?: 'abandoned'): void
  /**
   * Since when it has waited for the application without a sign of life, in milliseconds of
   * `performance.now()`; absent while the application waits for it.
   */
  readonly waitingSince?: number | undefined
}

/** What is open, with the request that has begun it. */
const open = new Map<OpenCall, RequestCalls | undefined>()
let sweeper: NodeJS.Timeout | undefined

const collected = new FinalizationRegistry<OpenCall>((call) =>
  guard('abandoned', () => call.end(undefined, 'abandoned')),
)

/** A call has begun. Until `forget` it is ended as abandoned if it waits too long, or the process ends. */
export function begin(call: OpenCall): void {
  const request = RequestCalls.current()
  request?.begin()
  open.set(call, request)
  countStarted()
  if (sweeper) return
  sweeper = setInterval(() => guard('abandoned', sweep), Math.min(settings().streamTimeout, 30_000))
  // a number where there is no Node.js
  if (typeof sweeper === 'object') sweeper.unref()
}

export function forget(call: OpenCall): void {
  const request = open.get(call)
  if (!open.delete(call)) return
  keepWhenCollected(call)
  request?.end()
  countEnded()
}

/** The process is about to end, and all that is open with it. */
export function abandonAll(): void {
  for (const call of open.keys()) call.end(undefined, 'abandoned')
}

/** Ends a call as abandoned when the object that the application would read it from is collected. */
export function endWhenCollected(object: object, call: OpenCall): void {
  collected.register(object, call, call)
}

/** The application has begun to read: what it would have read the call from may go while the call goes on. */
export function keepWhenCollected(call: OpenCall): void {
  collected.unregister(call)
}

function sweep(): void {
  const oldest = performance.now() - settings().streamTimeout
  for (const call of open.keys()) {
    if (call.waitingSince !== undefined && call.waitingSince < oldest) {
      call.end(undefined, 'abandoned')
    }
  }
  if (open.size > 0) return
  clearInterval(sweeper)
  sweeper = undefined
}
