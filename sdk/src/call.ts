import { context } from '@opentelemetry/api'
import type { Adapter, Method } from './adapter.ts'
import { guard } from './guard.ts'
import { isAsyncIterable } from './iterator.ts'
import { endWhenCollected, keepWhenCollected, watchOpen } from './open-calls.ts'
import { watchPromise } from './promise.ts'
import { Recorder } from './recorder.ts'
import { watchStream } from './stream.ts'

/** Runs one client call inside a span and returns exactly what the client returned. */
export function call(
  adapter: Adapter,
  method: Method,
  self: unknown,
  input: unknown,
  run: () => unknown,
): unknown {
  const recorder = guard('call', () => new Recorder(adapter, method, self, input))
  if (!recorder) return run()

  let result: unknown
  try {
    result = context.with(recorder.context, run)
  } catch (error) {
    recorder.fail(error)
    throw error
  }
  guard('result', () => watch(result, method, recorder))
  return result
}

function watch(result: unknown, method: Method, recorder: Recorder): void {
  let settled = false
  const settle = (value: unknown): void => {
    if (settled) return
    settled = true
    if (!method.fold || !isAsyncIterable(value)) return recorder.end(value)
    guard('stream', () => {
      watchOpen(recorder)
      watchStream(value, recorder)
    })
  }
  if (!(result instanceof Promise)) return settle(result)
  watchPromise(result, {
    settle,
    fail: (error) => recorder.fail(error),
    unread: (promise) => {
      watchOpen(recorder)
      endWhenCollected(promise, recorder)
    },
    read: keepWhenCollected,
  })
}
