import { guard } from '../guard.ts'
import { hearReaders } from './promise-readers.ts'
import { type Callable, override } from './replace.ts'

/** Hears how a promise came out. */
export interface PlainOutcome {
  settle(value: unknown): void
  fail(error: unknown): void
}

/** Hears how a call came out: the first time counts, for it may hear it again. */
export interface Outcome extends PlainOutcome {
  /** A response has come, and so far nobody wants to read it from `promise`. */
  unread(promise: object): void
  /** Somebody reads it after all. */
  read(): void
}

/**
 * The promise of the clients that one generator makes (openai, anthropic, …): it reads the body only
 * when somebody asks. A plain `then` on it would read the body that the caller wants to read.
 */
interface ApiPromise extends Promise<unknown> {
  responsePromise: Promise<object>
  /** Whoever wants the value comes by here; it is read once for all of them. */
  parse: () => Promise<unknown>
  asResponse: () => Promise<unknown>
  withResponse: () => Promise<unknown>
  _thenUnwrap: (transform: Transform) => unknown
  /** The response, for a helper that reads it through a promise of its own; not in all versions. */
  _responseProps?: () => Promise<object>
}

type Transform = (data: unknown, ...rest: unknown[]) => unknown

/**
 * Watches a promise, and returns what the application is to have in its place: the same object, but
 * for a plain promise, where one that follows it cannot be told apart. Values are read when and as
 * often as without us, and a rejection that nobody handles stays one that nobody handles.
 */
export function watchPromise(promise: Promise<unknown>, outcome: Outcome): Promise<unknown> {
  if (!isApiPromise(promise)) return watchPlainPromise(promise, outcome)
  watchApiPromise(promise, outcome)
  return promise
}

/** As `watchPromise`, for a promise that a plain `then` does no harm. */
export function watchPlainPromise(
  promise: Promise<unknown>,
  outcome: PlainOutcome,
): Promise<unknown> {
  if (promise.constructor === Promise) return follow(promise, outcome)
  hear(promise, outcome)
  return promise
}

function watchApiPromise(promise: ApiPromise, outcome: Outcome): void {
  const { responsePromise, parse, asResponse } = promise
  let asked = false
  let handedOver = false
  let unread = false

  const received = (): void => {
    unread = !asked && !handedOver
    if (unread) outcome.unread(promise)
  }
  const fail = (error: unknown): void => outcome.fail(error)
  promise.responsePromise = follow(responsePromise, { settle: received, fail })
  override(promise, 'parse', () => {
    const parsed = Reflect.apply(parse, promise, [])
    guard('result', () => {
      if (unread) outcome.read()
      if (!asked) hear(parsed, outcome)
    })
    unread = false
    asked = true
    return parsed
  })
  override(promise, 'asResponse', () => {
    const response = Reflect.apply(asResponse, promise, [])
    const watched = guard('result', () =>
      response.then((raw) => {
        if (!asked) guard('result', () => outcome.settle(undefined))
        return raw
      }),
    )
    return watched ?? response
  })
  watchUnwrapping(promise, outcome, () => {
    asked = true
  })
  watchOwnReaders(promise, outcome, () => {
    asked = true
    if (unread) outcome.read()
    unread = false
  })
  watchHandover(promise, outcome, () => {
    handedOver = true
  })
}

/** A promise of a list can have members of its own, which read the response through another promise. */
function watchOwnReaders(promise: ApiPromise, outcome: Outcome, onAsked: () => void): void {
  if (!Object.hasOwn(promise, 'then')) return
  const { then } = promise as unknown as { readonly then: Callable }
  const listeners = [
    (value: unknown) => guard('result', () => outcome.settle(value)),
    (error: unknown) => guard('result', () => outcome.fail(error)),
  ]
  for (const name of ['then', 'catch', 'finally', 'withResponse'] as const) {
    const read = promise[name]
    override(promise, name, (...args) => {
      const result = Reflect.apply(read, promise, args)
      // read once for all: another listener costs nobody a request
      guard('result', () => void Reflect.apply(then, promise, listeners))
      guard('result', onAsked)
      return result
    })
  }
}

function watchUnwrapping(promise: ApiPromise, outcome: Outcome, onAsked: () => void): void {
  const { _thenUnwrap } = promise
  override(promise, '_thenUnwrap', (transform) => {
    const derived = Reflect.apply(_thenUnwrap, promise, [
      (data: unknown, ...rest: unknown[]) => {
        guard('result', () => outcome.settle(data))
        return (transform as Transform)(data, ...rest)
      },
    ])
    guard('result', onAsked)
    guard('result', () => {
      // the derived promise may stand on the client's own response: ours must not count as unhandled
      promise.responsePromise.catch(() => undefined)
      if (isApiPromise(derived)) watchApiPromise(derived, outcome)
    })
    return derived
  })
}

function watchHandover(promise: ApiPromise, outcome: Outcome, onHandover: () => void): void {
  const { _responseProps } = promise
  if (!_responseProps) return
  override(promise, '_responseProps', () => {
    guard('result', onHandover)
    const response = Reflect.apply(_responseProps, promise, [])
    const heard = guard('result', () =>
      hearReaders(promise, response, (parsed) => hear(parsed, outcome)),
    )
    return heard ?? response
  })
}

function follow<Value>(promise: Promise<Value>, outcome: PlainOutcome): Promise<Value> {
  return promise.then(
    (value) => {
      guard('result', () => outcome.settle(value))
      return value
    },
    (error: unknown) => {
      guard('result', () => outcome.fail(error))
      throw error
    },
  )
}

function hear(promise: Promise<unknown>, outcome: PlainOutcome): void {
  promise.then(
    (value) => guard('result', () => outcome.settle(value)),
    (error: unknown) => guard('result', () => outcome.fail(error)),
  )
}

function isApiPromise(value: unknown): value is ApiPromise {
  return (
    value instanceof Promise &&
    '_thenUnwrap' in value &&
    'responsePromise' in value &&
    'parse' in value &&
    'asResponse' in value
  )
}
