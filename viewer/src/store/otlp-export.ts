import type { DatabaseSync } from 'node:sqlite'
import type { LogDetail } from '../otlp/logs.ts'
import type { Message } from '../otlp/messages.ts'
import type { PointDetail } from '../otlp/metrics.ts'
import type { StoredOrigin } from '../otlp/origin.ts'
import type { SpanDetail, StoredEvent, StoredLink } from '../otlp/spans.ts'
import { otlpAttributes, otlpValue, type StoredAttributes } from '../otlp/values.ts'

type Row = Readonly<Record<string, unknown>>

const ROWS_AT_ONCE = 500
const SPANS = `
SELECT s.id, t.trace_id, s.span_id, s.parent_id, CAST(s.start AS TEXT) AS start, CAST(s."end" AS TEXT) AS "end", s.kind,
  s.status, s.name, s.detail, r.json AS resource, c.json AS scope
FROM spans s JOIN traces t ON t.id = s.trace JOIN resources r ON r.id = s.resource JOIN scopes c ON c.id = s.scope`
const LOGS = `
SELECT l.id, CAST(time AS TEXT) AS time, CAST(observed AS TEXT) AS observed, severity, severity_text, event, trace_id,
  span_id, detail, r.json AS resource, c.json AS scope
FROM logs l JOIN resources r ON r.id = l.resource JOIN scopes c ON c.id = l.scope
WHERE l.id > ? ORDER BY l.id LIMIT ?`
const SERIES = `
SELECT s.id, s.attributes, m.name, m.kind, m.unit, m.description, m.temporality, r.json AS resource, c.json AS scope
FROM series s JOIN metrics m ON m.id = s.metric JOIN resources r ON r.id = s.resource JOIN scopes c ON c.id = s.scope`
const POINTS = `
SELECT CAST(time AS TEXT) AS time, CAST(start AS TEXT) AS start, typeof(value) AS type, CAST(value AS TEXT) AS digits,
  CAST(value AS REAL) AS number, flags, detail
FROM points WHERE series = ? ORDER BY points.time`

/** A trace as OTLP's JSON has it, exactly as it came; undefined where there is none. */
export function otlpTrace(database: DatabaseSync, traceId: string): Message | undefined {
  const rows = database
    .prepare(`${SPANS} WHERE t.trace_id = ? ORDER BY s.id`)
    .all(traceId.toLowerCase())
  return rows.length === 0 ? undefined : spansRequest(rows)
}

/** Everything that is kept, as requests of OTLP's JSON. */
export function* otlpRequests(database: DatabaseSync): Generator<Message> {
  const spans = `${SPANS} WHERE s.id > ? ORDER BY s.id LIMIT ?`
  for (const rows of pages(database, spans)) yield spansRequest(rows)
  for (const rows of pages(database, LOGS)) {
    yield { resourceLogs: nested(rows, 'scopeLogs', 'logRecords', logRecord) }
  }
  for (const series of database.prepare(SERIES).all()) {
    const points = database.prepare(POINTS).all(Number(series['id']))
    yield {
      resourceMetrics: nested([series], 'scopeMetrics', 'metrics', () => metric(series, points)),
    }
  }
}

function* pages(database: DatabaseSync, sql: string): Generator<readonly Row[]> {
  const statement = database.prepare(sql)
  let last = 0
  for (;;) {
    const rows = statement.all(last, ROWS_AT_ONCE)
    if (rows.length === 0) return
    yield rows
    last = Number(rows.at(-1)?.['id'])
  }
}

function spansRequest(rows: readonly Row[]): Message {
  return { resourceSpans: nested(rows, 'scopeSpans', 'spans', span) }
}

/** Puts records of one resource and one scope together. */
function nested(
  rows: readonly Row[],
  scopes: string,
  records: string,
  write: (row: Row) => Message,
): Message[] {
  const byResource = Map.groupBy(rows, ({ resource }) => String(resource))
  return [...byResource].map(([json, ofResource]) => {
    const byScope = Map.groupBy(ofResource, ({ scope }) => String(scope))
    const within = [...byScope].map(([scope, all]) => inScope(scope, records, all.map(write)))
    return inResource(json, scopes, within)
  })
}

function inResource(json: string, scopes: string, written: readonly Message[]): Message {
  const { attributes, dropped, schemaUrl } = JSON.parse(json) as StoredOrigin
  return {
    resource: { attributes: otlpAttributes(attributes), ...left(dropped) },
    [scopes]: written,
    ...(schemaUrl !== undefined && { schemaUrl }),
  }
}

function inScope(json: string, records: string, written: readonly Message[]): Message {
  const { name = '', version, attributes, dropped, schemaUrl } = JSON.parse(json) as StoredOrigin
  return {
    scope: {
      name,
      ...(version !== undefined && { version }),
      attributes: otlpAttributes(attributes),
      ...left(dropped),
    },
    [records]: written,
    ...(schemaUrl !== undefined && { schemaUrl }),
  }
}

function span(row: Row): Message {
  const detail = JSON.parse(String(row['detail'])) as SpanDetail
  const { traceState, flags, dropped = {}, statusMessage } = detail
  return {
    traceId: row['trace_id'],
    spanId: row['span_id'],
    ...(row['parent_id'] !== '' && { parentSpanId: row['parent_id'] }),
    ...(traceState !== undefined && { traceState }),
    ...(flags !== undefined && { flags }),
    name: row['name'],
    kind: row['kind'],
    startTimeUnixNano: row['start'],
    endTimeUnixNano: row['end'],
    attributes: otlpAttributes(detail.attributes),
    ...left(dropped.attributes),
    events: (detail.events ?? []).map(event),
    ...(dropped.events !== undefined && { droppedEventsCount: dropped.events }),
    links: (detail.links ?? []).map(link),
    ...(dropped.links !== undefined && { droppedLinksCount: dropped.links }),
    status: {
      ...(row['status'] !== 0 && { code: row['status'] }),
      ...(statusMessage !== undefined && { message: statusMessage }),
    },
  }
}

function event({ name, time, attributes, dropped }: StoredEvent): Message {
  return { timeUnixNano: time, name, attributes: otlpAttributes(attributes), ...left(dropped) }
}

function link({ traceId, spanId, traceState, flags, attributes, dropped }: StoredLink): Message {
  return {
    traceId,
    spanId,
    ...(traceState !== undefined && { traceState }),
    ...(flags !== undefined && { flags }),
    attributes: otlpAttributes(attributes),
    ...left(dropped),
  }
}

function logRecord(row: Row): Message {
  const { body, attributes, flags, dropped } = JSON.parse(String(row['detail'])) as LogDetail
  return {
    timeUnixNano: row['time'],
    observedTimeUnixNano: row['observed'],
    ...(row['severity'] !== 0 && { severityNumber: row['severity'] }),
    ...(row['severity_text'] !== '' && { severityText: row['severity_text'] }),
    ...(row['event'] !== '' && { eventName: row['event'] }),
    ...(body !== null && { body: otlpValue(body) }),
    attributes: otlpAttributes(attributes),
    ...left(dropped),
    ...(flags !== undefined && { flags }),
    ...(row['trace_id'] !== '' && { traceId: row['trace_id'] }),
    ...(row['span_id'] !== '' && { spanId: row['span_id'] }),
  }
}

const FIELDS: Readonly<Record<string, string>> = {
  gauge: 'gauge',
  counter: 'sum',
  updowncounter: 'sum',
  histogram: 'histogram',
  exponential_histogram: 'exponentialHistogram',
  summary: 'summary',
}

function metric(series: Row, points: readonly Row[]): Message {
  const { name, unit, description, kind, temporality } = series
  const attributes = otlpAttributes(JSON.parse(String(series['attributes'])) as StoredAttributes)
  return {
    name,
    unit,
    description,
    [FIELDS[String(kind)] ?? 'gauge']: {
      ...(temporality !== 0 && { aggregationTemporality: temporality }),
      ...(kind === 'counter' && { isMonotonic: true }),
      dataPoints: points.map((point) => dataPoint(point, attributes)),
    },
  }
}

function dataPoint(row: Row, attributes: readonly Message[]): Message {
  const value =
    row['type'] === 'integer'
      ? { asInt: row['digits'] }
      : row['type'] === 'real'
        ? { asDouble: row['number'] }
        : {}
  return {
    attributes,
    startTimeUnixNano: row['start'],
    timeUnixNano: row['time'],
    ...(row['flags'] !== 0 && { flags: row['flags'] }),
    ...value,
    ...(typeof row['detail'] === 'string' && recorded(JSON.parse(row['detail']) as PointDetail)),
  }
}

function recorded(detail: PointDetail): Message {
  const { count, sum, min, max } = detail
  const totals = { count: String(count), sum, min, max }
  if ('bounds' in detail) {
    return { ...totals, bucketCounts: detail.counts.map(String), explicitBounds: detail.bounds }
  }
  if ('quantiles' in detail) {
    const quantileValues = detail.quantiles.map(([quantile, value]) => ({ quantile, value }))
    return { ...totals, quantileValues }
  }
  const { scale, zero, zeroThreshold, positive, negative } = detail
  const buckets = ({ offset, counts }: typeof positive): Message => ({
    offset,
    bucketCounts: counts.map(String),
  })
  return {
    ...totals,
    scale,
    zeroCount: String(zero),
    zeroThreshold,
    positive: buckets(positive),
    negative: buckets(negative),
  }
}

function left(dropped: number | undefined): Message {
  return dropped === undefined ? {} : { droppedAttributesCount: dropped }
}
