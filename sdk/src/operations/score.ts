import { type Context, context, type Span, type SpanContext, trace } from '@opentelemetry/api'
import {
  explanationPlace,
  metricDimensions,
  scoreAttributes,
  scoreEvent,
} from './score-attributes.ts'
import { contentString, isCaptured } from '../content.ts'
import { factsIn, withFacts } from '../context/call-context.ts'
import { emitEvent, Severity } from '../event.ts'
import { guard } from '../guard.ts'
import { measure } from '../measure.ts'
import { score as metric } from '../metrics.ts'
import { type Origin, originOf } from '../calls/recent-responses.ts'
import { isObserved } from '../started.ts'

/** What somebody or something thinks of an answer. */
export interface Score {
  /** What was judged: `relevance`, `groundedness`, `user feedback`, … Few different ones. */
  readonly name: string
  readonly value?: number
  /** The verdict in a word, `pass` or `fail` for instance. Few different ones. */
  readonly label?: string
  /** Why. It may quote the answer: it is kept only when content is captured. */
  readonly explanation?: string
}

/** What is judged: a span, its context, a response's id, or a response, chunk or event that has one. */
export type ScoreTarget = Span | SpanContext | string | { readonly id?: string | null | undefined }

/**
 * Scores an answer, an agent's run or anything else that has a span, while it runs or after: event
 * `gen_ai.evaluation.result` in the span's context, and a histogram of the values.
 *
 * @throws TypeError when there is nothing to score, no name, or neither a value nor a label.
 */
export function score(target: ScoreTarget, result: Score): void {
  check(target, result)
  guard('score', () => {
    if (!isObserved()) return
    const { id, origin } = find(target)
    const { value, explanation } = result
    const where = origin ? inside(origin) : context.active()
    emitEvent({
      name: scoreEvent,
      severityNumber: Severity.INFO,
      attributes: scoreAttributes(
        result,
        id,
        explanation !== undefined && isCaptured()
          ? contentString(explanation, explanationPlace)
          : undefined,
      ),
      context: where,
    })
    if (value !== undefined) {
      measure(metric, value, {
        ...metricDimensions(result, origin?.attributes ?? {}),
        ...factsIn(where)?.dimensions,
      })
    }
  })
}

function check(target: ScoreTarget, { name, value, label }: Score): void {
  if (typeof target !== 'string' && (typeof target !== 'object' || target === null)) {
    throw new TypeError(
      'llmscope: score() takes a span, a span context, the id of a response, or what has one',
    )
  }
  if (typeof name !== 'string' || name === '') throw new TypeError('llmscope: score() needs a name')
  if (value === undefined ? label === undefined : !Number.isFinite(value)) {
    throw new TypeError(`llmscope: score ${name} needs a value that is a finite number, or a label`)
  }
}

function find(target: ScoreTarget): { id?: string; origin?: Origin | undefined } {
  if (typeof target === 'string') return { id: target, origin: originOf(target) }
  if ('spanContext' in target) {
    return { origin: { spanContext: target.spanContext(), attributes: {} } }
  }
  if ('traceId' in target) return { origin: { spanContext: target, attributes: {} } }
  const id = 'id' in target ? target.id : undefined
  return typeof id === 'string' ? find(id) : {}
}

/** Where the answer was made: its call's facts, which may be others than those of who judges it. */
function inside({ spanContext, facts }: Origin): Context {
  return withFacts(trace.setSpanContext(context.active(), spanContext), facts)
}
