import { context, type Context } from '@opentelemetry/api'
import { fault } from './guard.ts'

/** Runs the application's `fn` in a context, and returns what it returns. */
export function within<T>(active: Context, fn: () => T): T {
  return entered((run) => context.with(active, run), fn)
}

/** Runs the application's `fn` by way of `enter`; where that fails before it comes to `fn`, without. */
export function entered<T>(enter: (run: () => T) => T, fn: () => T): T {
  let begun = false
  try {
    return enter(() => {
      begun = true
      return fn()
    })
  } catch (error) {
    if (begun) throw error
    fault('context', error)
    return fn()
  }
}
