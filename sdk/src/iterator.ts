import { context, type Context } from '@opentelemetry/api'
import { endWhenCollected, type OpenCall } from './open-calls.ts'

/** Hears how an iteration came out; only the first outcome counts. */
export interface IterationObserver extends OpenCall {
  fail(error: unknown): void
}

type Step = (...args: unknown[]) => unknown
interface AnyIterator {
  next: Step
  return?: Step
  throw?: Step
}

/** Runs every step of a generator, sync or async, in `active`, and tells when it is over. */
export function bindIterator(
  iterator: AnyIterator,
  active: Context,
  observer: IterationObserver,
): void {
  endWhenCollected(iterator, observer)
  for (const name of ['next', 'return', 'throw'] as const) {
    const step = iterator[name]
    if (!step) continue
    iterator[name] = (...args) => {
      try {
        const result = context.with(active, () => Reflect.apply(step, iterator, args))
        if (!(result instanceof Promise)) tell(result, observer)
        else
          result.then(
            (settled) => tell(settled, observer),
            (error: unknown) => observer.fail(error),
          )
        return result
      } catch (error) {
        observer.fail(error)
        throw error
      }
    }
  }
}

function tell(result: unknown, observer: IterationObserver): void {
  if (typeof result === 'object' && result !== null && 'done' in result && result.done)
    observer.end()
}

/** A generator, or something that is stepped through in the same way. */
export function isIterator(value: unknown): value is AnyIterator {
  return (
    isObject(value) &&
    typeof value['next'] === 'function' &&
    (Symbol.asyncIterator in value || Symbol.iterator in value)
  )
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return isObject(value) && Symbol.asyncIterator in value
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null
}
