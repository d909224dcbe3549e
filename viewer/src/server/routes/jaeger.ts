/** The query shape of Jaeger, which Grafana's Jaeger data source reads. */
import type { Attributes, AttributeValue } from '../../api/general.ts'
import type { Span, TraceDetail } from '../../api/traces.ts'
import type { Store } from '../../store/store.ts'
import { type Parameters, QueryError } from '../query.ts'
import type { Route } from '../route.ts'

interface Tag {
  readonly key: string
  readonly type: 'string' | 'bool' | 'int64' | 'float64'
  readonly value: string | number | boolean
}

interface Answer {
  readonly data: readonly unknown[]
  readonly total: number
  readonly errors: null
}

const MICROSECONDS = 1000

export const jaeger: readonly Route[] = [
  {
    path: '/api/services',
    answer: ({ store }): Answer =>
      answerOf(store.traces.facets().services.map(({ value }) => value)),
  },
  {
    path: '/api/services/{id}/operations',
    answer: ({ store, id }): Answer => answerOf(store.spanNames(id)),
  },
  {
    path: '/api/operations',
    answer: ({ store, parameters }): Answer =>
      answerOf(
        store.spanNames(parameters.text('service') ?? '').map((name) => ({ name, spanKind: '' })),
      ),
  },
  {
    path: '/api/traces/{id}',
    answer: ({ store, id }): Answer | undefined => {
      const trace = store.trace(id.padStart(32, '0'))
      return trace && answerOf([traceOf(trace)])
    },
  },
  { path: '/api/traces', answer: ({ store, parameters }): Answer => find(store, parameters) },
]

function find(store: Store, parameters: Parameters): Answer {
  const named = parameters.list('traceID')
  const ids = named.length > 0 ? named : found(store, parameters)
  const operation = operationOf(parameters)
  const traces = ids
    .map((id) => store.trace(id))
    .filter((trace) => trace !== undefined)
    .filter(({ spans }) => operation === undefined || spans.some(({ name }) => name === operation))
  return answerOf(traces.map(traceOf))
}

function found(store: Store, parameters: Parameters): string[] {
  const microseconds = (name: string): number | undefined => {
    const value = parameters.number(name)
    return value === undefined ? undefined : value / MICROSECONDS
  }
  const operation = operationOf(parameters)
  const { traces } = store.traces.list({
    facets: { service: parameters.list('service') },
    from: microseconds('start'),
    to: microseconds('end'),
    minDuration: duration(parameters.text('minDuration')),
    maxDuration: duration(parameters.text('maxDuration')),
    text: operation === undefined ? undefined : `"${operation}"`,
    limit: parameters.limit(20, 500),
  })
  return traces.map(({ id }) => id)
}

/** The name that some span must have. */
function operationOf(parameters: Parameters): string | undefined {
  const given = parameters.text('operation')
  return given === 'all' ? undefined : given
}

const UNITS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

/** Milliseconds of a duration such as `1.5s`. */
function duration(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  const [, value, unit = ''] = /^([\d.]+)(us|ms|s|m|h)$/.exec(given) ?? []
  if (value === undefined) throw new QueryError(`A duration is like 20ms or 1.5s, not ${given}.`)
  return Number(value) * (UNITS[unit] ?? 1)
}

function answerOf(data: readonly unknown[]): Answer {
  return { data, total: data.length, errors: null }
}

function traceOf({ summary, resources, scopes, spans }: TraceDetail): object {
  return {
    traceID: summary.id,
    spans: spans.map((span) => spanOf(span, summary.id, scopes[span.scope]?.name ?? '')),
    processes: Object.fromEntries(
      resources.map(({ service, attributes }, place) => [
        `p${place + 1}`,
        { serviceName: service, tags: tagsOf(attributes) },
      ]),
    ),
    warnings: null,
  }
}

function spanOf(span: Span, traceID: string, scope: string): object {
  const parent =
    span.parentId === undefined ? [] : [{ refType: 'CHILD_OF', traceID, spanID: span.parentId }]
  const links = span.links.map((link) => ({
    refType: 'FOLLOWS_FROM',
    traceID: link.traceId,
    spanID: link.spanId,
  }))
  return {
    traceID,
    spanID: span.id,
    operationName: span.name,
    references: [...parent, ...links],
    startTime: Math.round(span.start * MICROSECONDS),
    duration: Math.round(span.duration * MICROSECONDS),
    tags: [
      ...tagsOf(span.attributes),
      ...tagsOf({ 'span.kind': span.kind, 'otel.scope.name': scope }),
      ...(span.status === 'error' ? tagsOf({ error: true }) : []),
      ...(span.statusMessage === undefined
        ? []
        : tagsOf({ 'otel.status_description': span.statusMessage })),
    ],
    logs: span.events.map(({ name, time, attributes }) => ({
      timestamp: Math.round(time * MICROSECONDS),
      fields: [...tagsOf({ event: name }), ...tagsOf(attributes)],
    })),
    processID: `p${span.resource + 1}`,
    warnings: null,
  }
}

function tagsOf(attributes: Attributes): Tag[] {
  return Object.entries(attributes).map(([key, value]) => tagOf(key, value))
}

function tagOf(key: string, value: AttributeValue): Tag {
  if (typeof value === 'string') return { key, type: 'string', value }
  if (typeof value === 'boolean') return { key, type: 'bool', value }
  if (typeof value === 'number') {
    return { key, type: Number.isInteger(value) ? 'int64' : 'float64', value }
  }
  return { key, type: 'string', value: JSON.stringify(value) }
}
