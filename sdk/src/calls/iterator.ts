import type { Context } from '@opentelemetry/api'
import { guard } from '../guard.ts'
import { endWhenCollected, keepWhenCollected } from './open-calls.ts'
import { type Callable, override, replace } from './replace.ts'
import { within } from '../within.ts'

/** An iterator, sync or async. */
export interface AnyIterator {
  next: Callable
  return?: Callable
  throw?: Callable
}

/** Hears how an iteration came out. Only the first outcome counts. */
export interface IterationObserver {
  end(value?: unknown, outcome?: 'abandoned'): void
  fail(error: unknown): void
}

/** Runs every step of a generator, sync or async, in `active`, and tells when it is over. */
export function bindIterator(
  iterator: AnyIterator,
  active: Context,
  observer: IterationObserver,
): void {
  endWhenCollected(iterator, observer)
  const hear = (step: unknown): void => {
    if (isObject(step) && step['done']) observer.end(step['value'])
  }
  for (const name of ['next', 'return', 'throw'] as const) {
    const step = iterator[name]
    if (!step) continue
    override(iterator, name, (...args) => {
      let result: unknown
      try {
        result = within(active, () => Reflect.apply(step, iterator, args))
      } catch (error) {
        guard('stream', () => observer.fail(error))
        throw error
      }
      const watched = guard('stream', () =>
        result instanceof Promise ? watchStep(result, hear, observer) : hear(result),
      )
      return watched ?? result
    })
  }
}

function watchStep(
  step: Promise<unknown>,
  hear: (step: unknown) => void,
  observer: IterationObserver,
): Promise<unknown> {
  return step.then(
    (value) => {
      guard('stream', () => hear(value))
      return value
    },
    (error: unknown) => {
      guard('stream', () => observer.fail(error))
      throw error
    },
  )
}

/** Runs every step of a generator, sync or async, in `active`. */
export function bindSteps(iterator: AnyIterator, active: Context): void {
  for (const name of ['next', 'return', 'throw'] as const) {
    const step = iterator[name]
    if (!step) continue
    override(iterator, name, (...args) => within(active, () => Reflect.apply(step, iterator, args)))
  }
}

/** As `bindIterator`, for every iterator that is opened on `stream`. */
export function bindStream(
  stream: AsyncIterable<unknown>,
  active: Context,
  observer: IterationObserver,
): void {
  endWhenCollected(stream, observer)
  onIterator(stream, (iterator) => {
    keepWhenCollected(observer)
    bindIterator(iterator, active, observer)
  })
}

/** Calls `opened` with every iterator of `stream` before the application has it. */
export function onIterator(
  stream: AsyncIterable<unknown>,
  opened: (iterator: AnyIterator) => void,
): void {
  const target = stream as unknown as Record<PropertyKey, Callable>
  // `tee()` of openai's and anthropic's streams reads `iterator`, and their `[Symbol.asyncIterator]` calls it
  const key = Object.hasOwn(stream, 'iterator') ? 'iterator' : Symbol.asyncIterator
  const open = target[key] as Callable
  replace(stream, key, open, function (this: unknown, ...args) {
    const iterator = Reflect.apply(open, this, args) as AnyIterator
    guard('stream', () => opened(iterator))
    return iterator
  })
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

/** A stream that is read by iteration alone: of one with other ways to read it nobody sees the end. */
export function isIterationOnly(value: unknown): value is AsyncIterable<unknown> {
  return isAsyncIterable(value) && !(value instanceof ReadableStream) && !('pipe' in value)
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null
}
