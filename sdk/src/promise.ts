/** Hears how a call came out. May hear it twice: only the first time counts. */
export interface Outcome {
  settle(value: unknown): void
  fail(error: unknown): void
  /** A response has come, and so far nobody wants to read it from `promise`. */
  unread(promise: object): void
  /** Somebody reads `promise` after all. */
  read(promise: object): void
}

/**
 * The promise of the clients that one generator makes (openai, anthropic, …): it reads the body only
 * when somebody asks. A plain `then` on it would read the body that the caller wants to read.
 */
interface ApiPromise extends Promise<unknown> {
  responsePromise: Promise<unknown>
  parseResponse: (...args: unknown[]) => Promise<unknown>
  asResponse: () => Promise<unknown>
  _thenUnwrap: (transform: (data: unknown, ...rest: unknown[]) => unknown) => unknown
}

/** Watches a promise in place: same object, same value, read when and as often as without us. */
export function watchPromise(promise: Promise<unknown>, outcome: Outcome): void {
  if (isApiPromise(promise)) watchApiPromise(promise, outcome)
  else hear(promise, outcome)
}

function watchApiPromise(promise: ApiPromise, outcome: Outcome): void {
  const { responsePromise, parseResponse, asResponse, _thenUnwrap } = promise
  let asked = false
  let unread = false

  // Replaced, not listened to: a rejection that nobody handles stays one that nobody handles.
  promise.responsePromise = responsePromise.then(
    (response) => {
      // whoever wants the body asks within two ticks of the response
      queueMicrotask(() =>
        queueMicrotask(() => {
          unread = !asked
          if (unread) outcome.unread(promise)
        }),
      )
      return response
    },
    (error: unknown) => {
      outcome.fail(error)
      throw error
    },
  )
  promise.parseResponse = (...args) => {
    asked = true
    if (unread) outcome.read(promise)
    const parsed = Reflect.apply(parseResponse, promise, args)
    hear(parsed, outcome)
    return parsed
  }
  promise.asResponse = () => {
    const response = Reflect.apply(asResponse, promise, [])
    return response.then((raw) => {
      if (!asked) outcome.settle(undefined)
      return raw
    })
  }
  promise._thenUnwrap = (transform) => {
    const derived = Reflect.apply(_thenUnwrap, promise, [
      (data: unknown, ...rest: unknown[]) => {
        outcome.settle(data)
        return transform(data, ...rest)
      },
    ])
    // the derived promise may stand on the client's own response: ours must not count as unhandled
    promise.responsePromise.catch(() => undefined)
    asked = true
    if (isApiPromise(derived)) watchApiPromise(derived, outcome)
    return derived
  }
}

function hear(promise: Promise<unknown>, outcome: Outcome): void {
  promise.then(
    (value) => outcome.settle(value),
    (error: unknown) => outcome.fail(error),
  )
}

function isApiPromise(value: unknown): value is ApiPromise {
  return (
    value instanceof Promise &&
    '_thenUnwrap' in value &&
    'responsePromise' in value &&
    'parseResponse' in value &&
    'asResponse' in value
  )
}
