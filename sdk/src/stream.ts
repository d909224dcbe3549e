import { guard } from './guard.ts'
import { endWhenCollected, keepWhenCollected, type OpenCall } from './open-calls.ts'

/** Hears every chunk of a stream, then how it came out. Only the first outcome counts. */
export interface StreamObserver extends OpenCall {
  chunk(chunk: unknown): void
  end(response?: undefined, outcome?: 'cancelled' | 'abandoned'): void
  fail(error: unknown): void
}

type Next = (...args: unknown[]) => Promise<IteratorResult<unknown>>
type Iterator = Record<'next' | 'return' | 'throw', Next | undefined>
type Open = (...args: unknown[]) => Iterator

/** Watches a stream in place: same object, same iterator, same chunks; nothing buffered or read ahead. */
export function watchStream(stream: AsyncIterable<unknown>, observer: StreamObserver): void {
  const target = stream as unknown as Record<PropertyKey, unknown>
  // `tee()` of openai's and anthropic's streams reads `iterator`, and their `[Symbol.asyncIterator]` calls it
  const key = typeof target['iterator'] === 'function' ? 'iterator' : Symbol.asyncIterator
  const open = target[key] as Open
  const signal = abortSignal(target['controller'])
  const reading = { pending: 0, signal }
  signal?.addEventListener(
    'abort',
    () => {
      // with a chunk on its way, that chunk tells whether the stream was cancelled or broke
      if (reading.pending === 0) observer.end(undefined, 'cancelled')
    },
    { once: true },
  )
  endWhenCollected(stream, observer)
  target[key] = (...args: unknown[]) => {
    const iterator = Reflect.apply(open, stream, args)
    guard('stream', () => {
      keepWhenCollected(stream)
      endWhenCollected(iterator, observer)
      watchIterator(iterator, observer, reading)
    })
    return iterator
  }
}

interface Reading {
  pending: number
  readonly signal: AbortSignal | undefined
}

function watchIterator(iterator: Iterator, observer: StreamObserver, reading: Reading): void {
  const { next } = iterator
  if (!next) return
  const heard = ({ done, value }: IteratorResult<unknown>): void => {
    reading.pending -= 1
    if (!done) observer.chunk(value)
    else observer.end(undefined, reading.signal?.aborted ? 'cancelled' : undefined)
  }
  const broke = (error: unknown): void => {
    reading.pending -= 1
    observer.fail(error)
  }
  iterator.next = (...args) => {
    const result = Reflect.apply(next, iterator, args)
    reading.pending += 1
    Promise.resolve(result).then(heard, broke)
    return result
  }
  for (const name of ['return', 'throw'] as const) {
    const close = iterator[name]
    if (!close) continue
    iterator[name] = (...args) => {
      const result = Reflect.apply(close, iterator, args)
      observer.end(undefined, 'cancelled')
      return result
    }
  }
}

function abortSignal(controller: unknown): AbortSignal | undefined {
  return controller instanceof AbortController ? controller.signal : undefined
}
