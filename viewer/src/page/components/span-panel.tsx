import type { Attributes, Span, TraceDetail } from '../../api.ts'
import { GEN_AI } from '../../names.ts'
import { cost, count, duration, fullTime } from '../format.ts'
import { plain } from '../layout/plain.ts'
import { conversationOf } from '../layout/messages.ts'
import { Scores } from './scores.tsx'
import { Conversation, Folded } from './conversation.tsx'

interface SpanPanelProps {
  readonly detail: TraceDetail
  readonly span: Span
  readonly self: number
}

/** Everything about one span, what was said in it first. */
export function SpanPanel({ detail, span, self }: SpanPanelProps) {
  const messages = conversationOf(detail, span.index)
  const scores = detail.scores.filter(({ spanId }) => spanId === span.id)
  return (
    <section class="panel" aria-label="Span">
      <h2>{span.name}</h2>
      <p class="hint">
        {detail.resources[span.resource]?.service} · {fullTime(span.start)}
      </p>
      {span.status === 'error' && (
        <p class="problem">
          {span.statusMessage ?? plain(span.attributes[GEN_AI.errorType] ?? '')}
        </p>
      )}
      <Facts span={span} self={self} />
      <Scores scores={scores} />
      {messages.length > 0 && <Conversation messages={messages} />}
      {span.events.length > 0 && (
        <>
          <h3>Events</h3>
          {span.events.map(({ name, time, attributes }, index) => (
            <Folded
              key={index}
              title={`${name} after ${duration(Math.max(0, time - span.start))}`}
              value={attributes}
            />
          ))}
        </>
      )}
      <h3>Attributes</h3>
      <AttributeTable attributes={span.attributes} />
      <details>
        <summary>Resource</summary>
        <AttributeTable attributes={detail.resources[span.resource]?.attributes ?? {}} />
      </details>
    </section>
  )
}

const TOKENS = [
  ['Input', GEN_AI.input],
  ['of it from cache', GEN_AI.cacheRead],
  ['of it to cache', GEN_AI.cacheWrite],
  ['Output', GEN_AI.output],
  ['of it reasoning', GEN_AI.reasoning],
] as const

function Facts({ span, self }: { readonly span: Span; readonly self: number }) {
  const { attributes } = span
  const firstChunk = attributes[GEN_AI.firstChunk]
  const dollars = attributes[GEN_AI.cost]
  const model = attributes[GEN_AI.responseModel] ?? attributes[GEN_AI.requestModel]
  const facts: (readonly [string, string])[] = [
    ['Duration', duration(span.duration)],
    ['Self time', duration(self)],
    ...(model === undefined ? [] : [['Model', plain(model)] as const]),
    ...(typeof firstChunk === 'number'
      ? [['First chunk', duration(firstChunk * 1000)] as const]
      : []),
    ...TOKENS.flatMap(([title, name]) => {
      const tokens = attributes[name]
      return typeof tokens === 'number' ? [[title, count(tokens)] as const] : []
    }),
    ...(typeof dollars === 'number' ? [['Cost', cost(dollars)] as const] : []),
  ]
  return (
    <dl class="facts">
      {facts.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Attributes by name; everything is text, whatever it holds. */
function AttributeTable({ attributes }: { readonly attributes: Attributes }) {
  const entries = Object.entries(attributes).toSorted(([a], [b]) => a.localeCompare(b))
  return (
    <table class="attributes">
      <tbody>
        {entries.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <div>{plain(value)}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
