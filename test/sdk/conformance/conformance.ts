import {
  type AttributeName,
  attributes,
  type Carrier,
  catalogue,
  events,
  type Metric,
  type SpanEntry,
  spanEvents,
  spans,
} from '@llmscope/sdk/catalogue'
import { type Attributed, emittedIn, type LogRecord, type Request, type Span } from './otlp.ts'
import type * as otlp from './otlp.ts'
import { catalogued, fits, type Place } from './values.ts'

const OURS = '@llmscope/sdk'
/** Instead of all other attributes of a metric, where it has too many series. */
const OVERFLOW = 'otel.metric.overflow'
const KINDS = { internal: 1, server: 2, client: 3 }
const SEVERITIES = { DEBUG: 5, INFO: 9, WARN: 13 }

const byName = new Map(catalogue.map((metric) => [metric.name, metric]))

/** Compares what is exported with the catalogue. */
export class Conformance {
  /** What the catalogue does not know, or knows otherwise: a line each. */
  readonly strangers: Set<string> = new Set()
  /** What of the catalogue was exported: names of spans, events and metrics, each also with every attribute. */
  readonly seen: Set<string> = new Set()

  /** What was exported of the attributes whose values the catalogue lists. */
  readonly values: Set<string> = new Set()

  /** Looks at one OTLP/JSON request of any signal. */
  check(request: Request): void {
    const { spans: ours, logs, metrics } = emittedIn(request, (scope) => scope === OURS)
    for (const span of ours) this.#checkSpan(span)
    for (const log of logs) this.#checkEvent(log)
    for (const metric of metrics) this.#checkMetric(metric)
    // OpenTelemetry's own SDK tells of itself in a scope of its own
    const theirs = emittedIn(request, (scope) => scope !== OURS).metrics
    for (const metric of theirs) if (metric.name.startsWith('otel.')) this.#checkMetric(metric)
  }

  /** Fails the test that exported what the catalogue does not know. */
  end(): void {
    if (this.strangers.size === 0) return
    throw new Error(`not as sdk/src/catalogue has it:\n${[...this.strangers].join('\n')}`)
  }

  #checkSpan(span: Span): void {
    const named = spans.filter((candidate) => isSpanOf(candidate, span))
    const entry = named.find(({ kind }) => KINDS[kind] === span.kind) ?? named[0]
    if (!entry) return void this.strangers.add(`span ${span.name}: no such name`)
    if (span.kind !== KINDS[entry.kind]) this.strangers.add(`span ${span.name}: not ${entry.kind}`)
    this.#checkCarrier(labelOf(entry), entry, span, 'span')
    for (const event of span.events ?? []) {
      const known = spanEvents.find(({ name }) => name === event.name)
      if (known) this.#checkCarrier(`span event ${event.name}`, known, event, 'span')
      else this.strangers.add(`span event ${event.name}: no such name`)
    }
  }

  #checkEvent({ eventName = '', severityNumber, ...log }: LogRecord): void {
    const entry = events.find(({ name }) => name === eventName)
    if (!entry) return void this.strangers.add(`event ${eventName}: no such name`)
    const { severity } = entry
    if (severity && severityNumber !== SEVERITIES[severity]) {
      this.strangers.add(`event ${eventName}: severity ${severityNumber}`)
    }
    this.#checkCarrier(`event ${eventName}`, entry, log, 'event')
  }

  #checkMetric(metric: otlp.Metric): void {
    const entry = byName.get(metric.name)
    if (!entry) return void this.strangers.add(`metric ${metric.name}: no such name`)
    const label = `metric ${metric.name}`
    if ((metric.unit ?? '') !== entry.unit) this.strangers.add(`${label}: unit ${metric.unit}`)
    if (instrumentOf(metric) !== entry.instrument) {
      this.strangers.add(`${label}: ${instrumentOf(metric)}, not ${entry.instrument}`)
    }
    const points = (metric.sum ?? metric.gauge ?? metric.histogram)?.dataPoints ?? []
    for (const point of points) {
      this.#checkCarrier(label, carrierOf(entry), point, 'metric')
      const bounds = point.explicitBounds
      if (bounds && bounds.join() !== entry.boundaries?.join()) {
        this.strangers.add(`${label}: buckets ${bounds.join()}`)
      }
    }
  }

  #checkCarrier(label: string, carrier: Carrier, record: Attributed, place: Place): void {
    this.seen.add(label)
    const allowed = new Set(namesOf(carrier))
    const present = new Set<AttributeName>()
    for (const { key, value } of record.attributes ?? []) {
      // what an application says itself, in the tests; and what stands for all others
      if (key.startsWith('app.') || key === OVERFLOW) continue
      const name = catalogued(key)
      if (name === undefined || !allowed.has(name)) {
        this.strangers.add(`${label}: it has ${key}`)
        continue
      }
      present.add(name)
      this.seen.add(`${label}: ${name}`)
      if (attributes[name].values) this.values.add(`${name}: ${String(value['stringValue'])}`)
      if (!fits(attributes[name], value, place)) {
        this.strangers.add(`${label}: ${key} is ${JSON.stringify(value).slice(0, 200)}`)
      }
    }
    const today = new Set([...present].map((name) => attributes[name].replacedBy ?? name))
    for (const name of carrier.always) {
      if (!today.has(name)) this.strangers.add(`${label}: without ${name}`)
    }
  }
}

/**
 * Everything that the catalogue says can be exported, in the words of `seen`. What OpenTelemetry's SDK
 * says of its own metrics depends on what it meets.
 */
export function everything(): string[] {
  const carriers: [string, Carrier][] = [
    ...spans.map((entry): [string, Carrier] => [labelOf(entry), entry]),
    ...spanEvents.map((entry): [string, Carrier] => [`span event ${entry.name}`, entry]),
    ...events.map((entry): [string, Carrier] => [`event ${entry.name}`, entry]),
    ...catalogue.map((entry): [string, Carrier] => [`metric ${entry.name}`, carrierOf(entry)]),
  ]
  return carriers.flatMap(([label, carrier]) => {
    if (label.startsWith('metric otel.')) return [label]
    return [label].concat(namesOf(carrier).map((name) => `${label}: ${name}`))
  })
}

/** Every value that the catalogue lists, in the words of `values`. */
export function everyValue(): string[] {
  return Object.entries(attributes).flatMap(([name, { values = [] }]) =>
    values.map((value) => `${name}: ${value}`),
  )
}

/** Every attribute that something may carry. */
export function namesOf({ always, known, captured = [], former = [] }: Carrier): AttributeName[] {
  return [...always, ...known, ...captured, ...former]
}

function labelOf({ name, kind, operations }: SpanEntry): string {
  return `${kind} span ${operations.join(' or ') || name}`
}

function isSpanOf({ name, operations }: SpanEntry, span: Span): boolean {
  const values = new Map<string, string>()
  for (const { key, value } of span.attributes ?? []) {
    const known = catalogued(key)
    const text = value['stringValue']
    if (typeof text === 'string') values.set((known && attributes[known].replacedBy) ?? key, text)
  }
  const operation = values.get('gen_ai.operation.name')
  const isOne = operation === undefined || operations.some((known) => known === operation)
  return (
    isOne &&
    name
      .replaceAll(/ ?\{(.+?)\}/g, (text, attribute: string) => {
        const value = values.get(attribute)
        if (value === undefined) return ''
        return `${text.startsWith(' ') ? ' ' : ''}${value}`
      })
      .trimStart() === span.name
  )
}

function instrumentOf({ sum, gauge }: otlp.Metric): Metric['instrument'] {
  if (sum) return sum.isMonotonic ? 'counter' : 'updowncounter'
  return gauge ? 'gauge' : 'histogram'
}

function carrierOf({ description, attributes: known }: Metric): Carrier {
  const former = known.includes('gen_ai.provider.name') ? (['gen_ai.system'] as const) : []
  return { meaning: description, always: [], known, former }
}
