import type { Adapter, Method } from './adapter.ts'
import { guard } from '../guard.ts'
import { bindSteps, isAsyncIterable, isIterator } from './iterator.ts'
import { watchLazily } from './lazy-call.ts'
import { LocalCall } from './local-calls.ts'
import { otherInstrumentation } from './other-instrumentation.ts'
import { endWhenCollected, keepWhenCollected } from './open-calls.ts'
import { type Outcome, watchPromise } from './promise.ts'
import { Recorder } from './recorder.ts'
import type { Callable } from './replace.ts'
import { isObserved } from '../started.ts'
import type { SessionCalls } from './session-calls.ts'
import { watchStream } from './stream.ts'
import { watchListeners, watchSends } from './watch-session.ts'
import { within } from '../within.ts'

/** Runs one client call inside a span and returns what the client returned. */
export function call(
  adapter: Adapter,
  method: Method,
  original: Callable,
  self: unknown,
  args: unknown[],
): unknown {
  const begin = (): Recorder | undefined =>
    isObserved() ? record(adapter, method, original, self, args) : undefined
  if (method.isLazy) {
    const generator = Reflect.apply(original, self, args)
    guard('call', () => watchLazily(generator, begin))
    return generator
  }
  const recorder = guard('call', begin)
  if (!recorder) return Reflect.apply(original, self, args)

  const { session } = method
  const calls = session && guard('session', () => watchListeners(adapter, session, self, args))
  const { context } = recorder
  const local = adapter.isLocal
    ? guard('call', () => new LocalCall(method, recorder).begin(args, context))
    : undefined
  let result: unknown
  try {
    const given = local?.args ?? args
    result = within(local?.context ?? context, () => Reflect.apply(original, self, given))
  } catch (error) {
    guard('result', () => recorder.fail(error))
    throw error
  }
  return (
    guard('result', () => watch(result, new CallOutcome(method, recorder, calls), recorder)) ??
    result
  )
}

function record(
  adapter: Adapter,
  method: Method,
  original: Callable,
  self: unknown,
  args: readonly unknown[],
): Recorder {
  const isTraced = otherInstrumentation(adapter, original, method.operation) !== undefined
  return new Recorder(adapter, method, self, args, isTraced)
}

function watch(result: unknown, outcome: CallOutcome, { context }: Recorder): unknown {
  if (result instanceof Promise) return watchPromise(result, outcome)
  // a generator has done nothing yet: what it does, it does within the call
  if (isIterator(result)) bindSteps(result, context)
  outcome.settle(result)
  return result
}

/** Ends a call with its value, or with the stream that is its value. */
class CallOutcome implements Outcome {
  readonly #method: Method
  readonly #recorder: Recorder
  readonly #calls: SessionCalls | undefined
  #settled = false

  constructor(method: Method, recorder: Recorder, calls: SessionCalls | undefined) {
    this.#method = method
    this.#recorder = recorder
    this.#calls = calls
  }

  settle(value: unknown): void {
    if (this.#settled) return
    this.#settled = true
    const { session } = this.#method
    const calls = this.#calls
    if (session && calls) guard('session', () => watchSends(value, session, calls))
    const isOpen = guard('stream', () => {
      const stream = this.#method.stream ? this.#method.stream(value) : value
      if (!this.#method.fold || !isAsyncIterable(stream)) return false
      this.#recorder.wait()
      watchStream(stream, this.#recorder)
      return true
    })
    if (!isOpen) this.#recorder.end(value)
  }

  fail(error: unknown): void {
    this.#recorder.fail(error)
  }

  unread(promise: object): void {
    this.#recorder.wait()
    endWhenCollected(promise, this.#recorder)
  }

  read(): void {
    keepWhenCollected(this.#recorder)
  }
}
