import { context } from '@opentelemetry/api'
import type { Adapter, Method } from './adapter.ts'
import { guard } from './guard.ts'
import { isAsyncIterable } from './iterator.ts'
import { endWhenCollected, keepWhenCollected, watchOpen } from './open-calls.ts'
import { watchPromise } from './promise.ts'
import { Recorder } from './recorder.ts'
import { isObserved } from './started.ts'
import { watchStream } from './stream.ts'

/** Runs one client call inside a span and returns what the client returned. */
export function call(
  adapter: Adapter,
  method: Method,
  self: unknown,
  input: unknown,
  run: () => unknown,
): unknown {
  const recorder = guard('call', () =>
    isObserved() ? new Recorder(adapter, method, self, input) : undefined,
  )
  if (!recorder) return run()

  let result: unknown
  try {
    result = context.with(recorder.context, run)
  } catch (error) {
    recorder.fail(error)
    throw error
  }
  return guard('result', () => watch(result, method, recorder)) ?? result
}

function watch(result: unknown, method: Method, recorder: Recorder): unknown {
  const settle = (value: unknown): void => {
    const isOpen = guard('stream', () => {
      if (!method.fold || !isAsyncIterable(value)) return false
      watchOpen(recorder)
      watchStream(value, recorder)
      return true
    })
    if (!isOpen) recorder.end(value)
  }
  if (!(result instanceof Promise)) {
    settle(result)
    return result
  }
  return watchPromise(result, {
    settle,
    fail: (error) => recorder.fail(error),
    unread: (promise) => {
      watchOpen(recorder)
      endWhenCollected(promise, recorder)
    },
    read: keepWhenCollected,
  })
}
