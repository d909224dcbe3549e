import {
  type AttributeName,
  attributes,
  type Carrier,
  type EventEntry,
  events,
  type SpanEntry,
  type SpanEventEntry,
  spanEvents,
  spans,
  type Standing,
} from '@llmscope/sdk/catalogue'
import { code, codes, table } from './table.ts'

/** The text of docs/spans.md. */
export function spansPage(): string {
  return [
    '# Spans and events of `@llmscope/sdk`',
    'Made from the catalogue by `npm run docs`; a test compares. What is *known* is there where the request, the answer or the ' +
      'application told it. *Content* is there where `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` asks for it: JSON text ' +
      'on spans, structured data on events. *1.41* names are there with `LLMSCOPE_SEMCONV=v1_41` or `both`. ' +
      '[attributes.md](attributes.md) has the values of each attribute.',
    '## Spans',
    'By `gen_ai.operation.name`, where they have it. `{…}` in the name of a span is the value of an attribute.',
    ...spans.map(spanSection),
    '## Events on spans',
    ...spanEvents.map(eventSection),
    '## Events',
    'Log records that have an event name and no body, in the trace that they belong to.',
    ...events.map(eventSection),
    '',
  ].join('\n\n')
}

/** More operations than these have no place in a heading. */
const MOST = 3

function headingOf({ name, operations }: SpanEntry): string {
  if (operations.length === 0) return code(name)
  const [first = ''] = operations
  return operations.length > MOST ? `${code(first)} and other requests` : codes(operations)
}

function spanSection(span: SpanEntry): string {
  const { name, operations, meaning, kind } = span
  return [
    `### ${headingOf(span)}`,
    ...(operations.length > MOST ? [`For ${codes(operations)}.`] : []),
    `${meaning} Name ${code(name)}, kind ${code(kind)}. ${standing(span)}`,
    carried(span),
  ].join('\n\n')
}

function eventSection(event: SpanEventEntry | EventEntry): string {
  const { name, meaning } = event
  const severity = 'severity' in event ? event.severity : undefined
  const words = severity ? `${meaning} Severity ${code(severity)}.` : meaning
  const all = `${words} ${standing(event)}`
  return [`### ${code(name)}`, all, carried(event)].filter(Boolean).join('\n\n')
}

function standing({ source, stability, since }: Standing): string {
  return `${source.slice(0, 1).toUpperCase()}${source.slice(1)}, ${stability}, since ${since}.`
}

function carried({ always, known, captured = [], former = [] }: Carrier): string {
  const all = [
    ...rows(always, 'always'),
    ...rows(known, 'known'),
    ...rows(captured, 'content'),
    ...rows(former, '1.41'),
  ]
  return all.length === 0 ? '' : table(['attribute', 'type', 'when', 'meaning'], all)
}

function rows(names: readonly AttributeName[], when: string): string[][] {
  return names.map((name) => [code(name), attributes[name].type, when, attributes[name].meaning])
}
