import { context } from '@opentelemetry/api'
import { guard } from '../guard.ts'
import { type AnyIterator, bindSteps, isIterator } from './iterator.ts'
import type { Recorder } from './recorder.ts'
import { type Callable, override } from './replace.ts'
import { watchStream } from './stream.ts'

/**
 * Watches a generator that has done nothing yet: the call begins with its first step, in the context that is
 * active now. One that is never asked makes no request, and so no span.
 */
export function watchLazily(result: unknown, begin: () => Recorder | undefined): void {
  if (!isIterator(result)) return
  const active = context.active()
  onFirstStep(result, () => {
    const recorder = context.with(active, begin)
    if (!recorder) return
    bindSteps(result, recorder.context)
    recorder.wait()
    watchStream(result as AnyIterator & AsyncIterable<unknown>, recorder)
  })
}

// whoever loops over the generator keeps its first `next`, and calls that for every step
function onFirstStep(generator: AnyIterator, begin: () => void): void {
  const { next } = generator
  let hasBegun = false
  const first: Callable = (...args) => {
    if (!hasBegun) {
      hasBegun = true
      guard('call', () => {
        override(generator, 'next', next)
        begin()
      })
    }
    const step = generator.next === first ? next : generator.next
    return Reflect.apply(step, generator, args)
  }
  override(generator, 'next', first)
  for (const name of ['return', 'throw'] as const) {
    const close = generator[name]
    if (!close) continue
    override(generator, name, (...args) => {
      hasBegun = true
      return Reflect.apply(close, generator, args)
    })
  }
}
