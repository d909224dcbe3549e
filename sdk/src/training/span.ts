import {
  type Attributes,
  context,
  type Context,
  isSpanContextValid,
  type Link,
  type Span,
  type SpanContext,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { factsIn } from '../context/call-context.ts'
import { statusMessage } from '../content.ts'
import { failure } from '../calls/errors.ts'
import { guard } from '../guard.ts'
import { tracer } from '../tracer.ts'

/**
 * Makes the spans of one run, each linked to the span that started it.
 *
 * An epoch, and an evaluation or a checkpoint outside of one, is the root of a trace of its own:
 * a run lasts for days, and backends sample, group and look up traces that end within minutes.
 * Inside an epoch, or inside a span that the application opened in the loop, they are its children.
 * What was already active when the run began is no parent, or the run would be one trace again.
 */
export class RunSpans {
  readonly #attributes: Attributes
  readonly #ambient: Span | undefined = trace.getActiveSpan()
  readonly #open = new Set<Phase>()
  #links: Link[] = []

  constructor(attributes: Attributes) {
    this.#attributes = attributes
  }

  /** The span that stands for the run: ended at once, so that it can be seen while the run goes on. */
  start(facts: Attributes, links: readonly Link[]): Context {
    const span = tracer().startSpan('training run start', {
      attributes: { ...factsIn(context.active())?.attributes, ...this.#attributes, ...facts },
      links: [...links],
    })
    this.#links = linksTo(span.spanContext())
    span.end()
    return trace.setSpan(context.active(), span)
  }

  /** A span of the run with its context. */
  open(name: string, attributes: Attributes): Phase {
    const active = context.active()
    const span = tracer().startSpan(
      name,
      {
        attributes: { ...factsIn(active)?.attributes, ...this.#attributes, ...attributes },
        links: this.#links,
        root: trace.getSpan(active) === this.#ambient,
      },
      active,
    )
    const phase = new Phase(span, trace.setSpan(active, span), () => this.#open.delete(phase))
    this.#open.add(phase)
    return phase
  }

  /** Ends what nobody has ended: an epoch that the run did not wait for, or whose end its tool did not tell. */
  end(): void {
    for (const phase of this.#open) phase.end({})
  }
}

/** A span that is running, and the context in which its work runs. */
export class Phase {
  readonly span: Span
  readonly context: Context
  readonly #ended: () => void
  #isEnded = false

  constructor(span: Span, spanContext: Context, ended: () => void) {
    this.span = span
    this.context = spanContext
    this.#ended = ended
  }

  end(attributes: Attributes): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#ended()
    guard('training.span', () => this.span.setAttributes(attributes))
    guard('training.span', () => this.span.end())
  }

  fail(error: unknown, attributes: Attributes): void {
    if (this.#isEnded) return
    guard('training.span', () => {
      const failed = failure(error)
      this.span.setAttribute('error.type', failed.type)
      this.span.setStatus({ code: SpanStatusCode.ERROR, message: statusMessage(failed) })
    })
    this.end(attributes)
  }
}

function linksTo(spanContext: SpanContext): Link[] {
  return isSpanContextValid(spanContext) ? [{ context: spanContext }] : []
}
