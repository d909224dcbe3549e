import { guard } from '../guard.ts'
import { type AnyIterator, isIterator, onIterator } from './iterator.ts'
import { endWhenCollected, type OpenCall } from './open-calls.ts'
import { override } from './replace.ts'

/** How a stream ended that was not read to its end. */
export type StreamOutcome = 'cancelled' | 'abandoned'

/** Hears every chunk of a stream, then how it came out. Only the first outcome counts. */
export interface StreamObserver extends OpenCall {
  chunk(chunk: unknown): void
  end(response?: undefined, outcome?: StreamOutcome): void
  fail(error: unknown): void
}

/** Under which names clients give streams what aborts them. */
interface Abortable {
  readonly controller?: unknown
  readonly abortController?: unknown
}

/** Whoever has an iterator keeps its stream, and so the call open. */
interface Source {
  readonly iterator: AnyIterator
  readonly stream: object
}

/** What all iterators of one stream share. */
interface Reading {
  /** Chunks that were asked for and have not come. */
  pending: number
  readonly signal: AbortSignal | undefined
}

/** Watches a stream in place: same object, same iterator, same chunks; nothing buffered or read ahead. */
export function watchStream(stream: AsyncIterable<unknown>, observer: StreamObserver): void {
  const { abortController, controller = abortController } = stream as Abortable
  const signal = controller instanceof AbortController ? controller.signal : undefined
  const reading: Reading = { pending: 0, signal }
  watchAbort(reading, observer)
  endWhenCollected(stream, observer)
  // a generator is its own iterator, and need not be asked for one
  if (isIterator(stream)) return watchIterator({ iterator: stream, stream }, observer, reading)
  onIterator(stream, (iterator) => watchIterator({ iterator, stream }, observer, reading))
}

// Not in the scope of `watchStream`: a request that is open holds its signal, which would hold the stream.
function watchAbort(reading: Reading, observer: StreamObserver): void {
  reading.signal?.addEventListener(
    'abort',
    () => {
      // with a chunk on its way, that chunk tells whether the stream was cancelled or broke
      if (reading.pending === 0) guard('stream', () => observer.end(undefined, 'cancelled'))
    },
    { once: true },
  )
}

function watchIterator(source: Source, observer: StreamObserver, reading: Reading): void {
  watchChunks(source, observer, reading)
  watchClose(source.iterator, observer)
}

function watchChunks(source: Source, observer: StreamObserver, reading: Reading): void {
  const heard = (step: Partial<IteratorResult<unknown>> | undefined): unknown => {
    reading.pending -= 1
    guard('stream', () => {
      if (!step?.done) observer.chunk(step?.value)
      else observer.end(undefined, reading.signal?.aborted ? 'cancelled' : undefined)
    })
    return step
  }
  const broke = (error: unknown): never => {
    reading.pending -= 1
    guard('stream', () => observer.fail(error))
    throw error
  }
  const { next } = source.iterator
  override(source.iterator, 'next', (...args) => {
    const step = Reflect.apply(next, source.iterator, args) as Promise<IteratorResult<unknown>>
    reading.pending += 1
    // the application has a promise of ours, so that a rejection that it does not handle stays so
    return guard('stream', () => Promise.resolve(step).then(heard, broke)) ?? step
  })
}

function watchClose(iterator: AnyIterator, observer: StreamObserver): void {
  for (const name of ['return', 'throw'] as const) {
    const close = iterator[name]
    if (!close) continue
    override(iterator, name, (...args) => {
      const result = Reflect.apply(close, iterator, args)
      guard('stream', () => observer.end(undefined, 'cancelled'))
      return result
    })
  }
}
