import {
  type Attributes,
  context,
  type Context,
  INVALID_SPAN_CONTEXT,
  type Span,
  type SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import { failureAttributes, names } from '../attributes.ts'
import { statusMessage } from '../content.ts'
import { failure, type Failure } from '../calls/errors.ts'
import { type Facts, factsIn } from '../context/call-context.ts'
import { guard } from '../guard.ts'
import { bindIterator, bindStream, isIterationOnly, isIterator } from '../calls/iterator.ts'
import { hintToKeep } from '../calls/keep.ts'
import { measureNamed } from '../calls/measurements.ts'
import { othersSpan } from '../calls/other-instrumentation.ts'
import type { Metric } from '../metrics.ts'
import {
  begin,
  endWhenCollected,
  forget,
  keepWhenCollected,
  type OpenCall,
} from '../calls/open-calls.ts'
import { pick } from './operation-attributes.ts'
import { ownWork } from '../context/propagation.ts'
import { type Outcome, watchPromise } from '../calls/promise.ts'
import { noteWork } from '../report.ts'
import { isObserved } from '../started.ts'
import { tracer } from '../tracer.ts'
import { within } from '../within.ts'

/** What an operation that is not traced has for a span. */
const NO_SPAN: Span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT)

/** One kind of operation that the application marks by hand. */
export interface Operation {
  /** Name of the span. */
  readonly name: string
  readonly kind: SpanKind
  /** Where its span is made, if not by the global provider. */
  readonly tracer?: Tracer
  /** Somebody else's span tells of it: it has none of its own. */
  readonly isTraced?: boolean
  readonly attributes: Attributes
  /** Takes the duration, in seconds, with those of the span's attributes that it knows. */
  readonly metric?: Metric
  /** Further attributes of the metric. */
  readonly dimensions?: Attributes
  /** Its time is that of its parts, which are operations and calls of their own. */
  readonly hasParts?: boolean
  /** What the operation adds to the context of everything inside. */
  enter?(parent: Context): Context
  begin?(span: Span): void
  /** `dimensions` are what the application's facts add to every metric. */
  end?(span: Span, result: unknown, dimensions: Attributes): void
}

/**
 * Runs `fn` inside a span and returns what it returns. The span lasts until the promise, generator
 * or stream that `fn` gives back is over, and is active in all of it.
 */
export function runOperation<T>(describe: () => Operation, fn: (span: Span) => T): T {
  const running = beginOperation(describe)
  if (!running) return fn(NO_SPAN)
  let result: T
  try {
    result = within(running.context, () => fn(running.span))
  } catch (error) {
    guard('operation result', () => running.fail(error))
    throw error
  }
  return (guard('operation result', () => running.follow(result)) ?? result) as T
}

/** Begins an operation whose end somebody else will tell; nothing where nobody listens. */
export function beginOperation(describe: () => Operation): Running | undefined {
  return guard('operation', () => {
    const operation = describe()
    noteWork(operation.hasParts === true)
    return isObserved() ? new Running(operation) : undefined
  })
}

/** As `Recorder`, for an operation. */
export class Running implements Outcome, OpenCall {
  readonly span: Span
  readonly context: Context
  readonly #operation: Operation
  readonly #facts: Facts | undefined
  readonly #start: number = performance.now()
  #settled = false
  #done = false

  constructor(operation: Operation) {
    this.#operation = operation
    const active = ownWork(context.active())
    this.#facts = factsIn(active)
    const inner = operation.enter?.(active) ?? active
    this.span = operation.isTraced ? othersSpan(active) : this.#startSpan(operation)
    this.context = operation.isTraced ? inner : trace.setSpan(inner, this.span)
    begin(this)
    guard('operation begin', () => operation.begin?.(this.span))
  }

  #startSpan({ name, kind, attributes, tracer: given }: Operation): Span {
    return (given ?? tracer()).startSpan(name, {
      kind,
      attributes: { ...this.#facts?.attributes, ...attributes },
    })
  }

  /** Ends with `result`, however long it takes; returns it, or a promise of the same. */
  follow(result: unknown): unknown {
    if (result instanceof Promise) return watchPromise(result, this)
    this.settle(result)
    return result
  }

  settle(value: unknown): void {
    if (this.#settled) return
    this.#settled = true
    const isOpen = guard('operation result', () => {
      if (isIterator(value)) bindIterator(value, this.context, this)
      else if (isIterationOnly(value)) bindStream(value, this.context, this)
      else return false
      return true
    })
    if (!isOpen) this.#finish(value)
  }

  unread(promise: object): void {
    endWhenCollected(promise, this)
  }

  read(): void {
    keepWhenCollected(this)
  }

  end(result?: unknown, outcome?: 'abandoned'): void {
    this.#finish(result, outcome && { [names.streamOutcome]: outcome })
  }

  fail(error: unknown): void {
    const failed = failure(error)
    this.#finish(undefined, failureAttributes(failed), failed)
  }

  #finish(result: unknown, outcome: Attributes = {}, failed?: Failure): void {
    if (this.#done) return
    this.#done = true
    guard('open calls', () => forget(this))
    guard('operation end', () => this.#tell(result, outcome, failed))
    guard('span end', () => this.span.end())
  }

  // every part is guarded alone: one that fails costs itself
  #tell(result: unknown, outcome: Attributes, failed: Failure | undefined): void {
    const { attributes, metric, dimensions, hasParts } = this.#operation
    const facts = this.#facts?.dimensions ?? {}
    const duration = (performance.now() - this.#start) / 1000
    guard('operation attributes', () => {
      this.span.setAttributes(outcome)
      if (failed)
        this.span.setStatus({ code: SpanStatusCode.ERROR, message: statusMessage(failed) })
    })
    guard('operation keep', () =>
      hintToKeep(this.span, { failed, duration: hasParts ? undefined : duration }),
    )
    guard('operation end', () => this.#operation.end?.(this.span, result, facts))
    if (!metric) return
    guard('operation metrics', () =>
      measureNamed(metric, duration, {
        ...pick({ ...attributes, ...dimensions, ...outcome }, metric.attributes),
        ...facts,
      }),
    )
  }
}
