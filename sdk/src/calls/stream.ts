import { guard } from '../guard.ts'
import { isIterator, onIterator } from './iterator.ts'
import { endWhenCollected, type OpenCall } from './open-calls.ts'
import { type Callable, override, replace } from './replace.ts'

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

/** Whoever has an iterator or a reader keeps its stream, and so the call open. */
interface Source {
  readonly steps: object
  readonly stream: object
}

/** How an iterator is stepped through and left, and how a reader of a stream of the platform's is. */
const ITERATOR = { next: 'next', leave: ['return', 'throw'] } as const
const READER = { next: 'read', leave: ['cancel'] } as const

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
  if (isIterator(stream)) return watchSteps({ steps: stream, stream }, ITERATOR, observer, reading)
  onIterator(stream, (steps) => watchSteps({ steps, stream }, ITERATOR, observer, reading))
  if (!(stream instanceof ReadableStream)) return
  watchCancel(stream, observer)
  onReader(stream, (steps) => watchSteps({ steps, stream }, READER, observer, reading))
}

/** Calls `opened` with every reader of a stream of the platform's before the application has it. */
function onReader(stream: object, opened: (reader: object) => void): void {
  const open = methodOf(stream, 'getReader')
  if (!open) return
  replace(stream, 'getReader', open, (...args) => {
    const reader = Reflect.apply(open, stream, args)
    guard('stream', () => opened(reader as object))
    return reader
  })
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

/** A stream that somebody reads cannot be cancelled but by the reader. */
function watchCancel(stream: ReadableStream, observer: StreamObserver): void {
  const cancel = methodOf(stream, 'cancel')
  if (!cancel) return
  replace(stream, 'cancel', cancel, (...args) => {
    const { locked } = stream
    const result = Reflect.apply(cancel, stream, args)
    if (!locked) guard('stream', () => observer.end(undefined, 'cancelled'))
    return result
  })
}

function watchSteps(
  source: Source,
  { next, leave }: typeof ITERATOR | typeof READER,
  observer: StreamObserver,
  reading: Reading,
): void {
  watchChunks(source, next, observer, reading)
  watchLeaving(source.steps, leave, observer)
}

function watchChunks(
  source: Source,
  name: string,
  observer: StreamObserver,
  reading: Reading,
): void {
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
  const next = methodOf(source.steps, name)
  if (!next) return
  override(source.steps, name, (...args) => {
    const step = Reflect.apply(next, source.steps, args) as Promise<IteratorResult<unknown>>
    reading.pending += 1
    // the application has a promise of ours, so that a rejection that it does not handle stays so
    return guard('stream', () => Promise.resolve(step).then(heard, broke)) ?? step
  })
}

function watchLeaving(steps: object, names: readonly string[], observer: StreamObserver): void {
  for (const name of names) {
    const leave = methodOf(steps, name)
    if (!leave) continue
    override(steps, name, (...args) => {
      const result = Reflect.apply(leave, steps, args)
      guard('stream', () => observer.end(undefined, 'cancelled'))
      return result
    })
  }
}

const methodOf = (owner: object, name: string): Callable | undefined =>
  (owner as Readonly<Record<string, Callable | undefined>>)[name]
