import type { DatabaseSync } from 'node:sqlite'
import type { Resource, Scope, Span, SpanKind, TraceDetail } from '../api.ts'
import type { StoredOrigin } from '../otlp/origin.ts'
import type { SpanDetail, StoredEvent, StoredLink } from '../otlp/spans.ts'
import { plainAttributes } from '../otlp/values.ts'
import type { LogReader } from './log-reader.ts'
import { parentsOf } from './parents.ts'
import type { TraceReader } from './trace-reader.ts'

type Row = Readonly<Record<string, unknown>>

const KINDS: readonly SpanKind[] = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
]
const STATUSES: ReadonlyArray<Span['status']> = ['unset', 'ok', 'error']

const SPANS = `
SELECT span_id, parent_id, start / 1000 / 1e3 AS start, ("end" - start) / 1e6 AS duration, kind, status, resource, scope,
  name, detail FROM spans WHERE trace = ? ORDER BY spans.start, id`

/** A trace with all its spans. */
export function readTrace(
  database: DatabaseSync,
  traces: TraceReader,
  logs: LogReader,
  traceId: string,
): TraceDetail | undefined {
  const found = traces.find(traceId)
  if (!found) return undefined
  const rows = database.prepare(SPANS).all(found.row)
  const resources = new Places('resource', rows)
  const scopes = new Places('scope', rows)
  const parents = parentsOf(
    rows.map((row) => ({ id: String(row['span_id']), parentId: String(row['parent_id']) })),
  )
  return {
    summary: found.summary,
    resources: readResources(database, resources.ids),
    scopes: readScopes(database, scopes.ids),
    spans: rows.map((row, index) =>
      spanOf(row, index, parents[index], resources.of(row), scopes.of(row)),
    ),
    scores: logs.scoresOfTraces([found.summary.id]),
    logs: logs.ofTrace(found.summary.id),
  }
}

/** Rows of another table that spans refer to, by their places in a list of their own. */
class Places {
  readonly ids: readonly number[]
  readonly #column: string
  readonly #places: ReadonlyMap<number, number>

  constructor(column: string, rows: readonly Row[]) {
    this.#column = column
    this.ids = [...new Set(rows.map((row) => Number(row[column])))]
    this.#places = new Map(this.ids.map((id, place) => [id, place]))
  }

  of(row: Row): number {
    return this.#places.get(Number(row[this.#column])) ?? 0
  }
}

function readResources(database: DatabaseSync, ids: readonly number[]): Resource[] {
  const statement = database.prepare('SELECT json, service FROM resources WHERE id = ?')
  return ids.map((id) => {
    const row = statement.get(id) ?? {}
    const { attributes } = JSON.parse(String(row['json'])) as StoredOrigin
    return { service: String(row['service']), attributes: plainAttributes(attributes) }
  })
}

function readScopes(database: DatabaseSync, ids: readonly number[]): Scope[] {
  const statement = database.prepare('SELECT json FROM scopes WHERE id = ?')
  return ids.map((id) => {
    const { json } = statement.get(id) ?? {}
    const { name = '', version, attributes } = JSON.parse(String(json)) as StoredOrigin
    return {
      name,
      ...(version !== undefined && { version }),
      attributes: plainAttributes(attributes),
    }
  })
}

function spanOf(
  row: Row,
  index: number,
  parent: number | undefined,
  resource: number,
  scope: number,
): Span {
  const detail = JSON.parse(String(row['detail'])) as SpanDetail
  const { statusMessage, dropped } = detail
  return {
    id: String(row['span_id']),
    index,
    ...(row['parent_id'] !== '' && { parentId: String(row['parent_id']) }),
    ...(parent !== undefined && { parent }),
    name: String(row['name']),
    kind: KINDS[Number(row['kind'])] ?? 'unspecified',
    start: Number(row['start']),
    duration: Math.max(0, Number(row['duration'])),
    status: STATUSES[Number(row['status'])] ?? 'unset',
    ...(statusMessage !== undefined && { statusMessage }),
    resource,
    scope,
    attributes: plainAttributes(detail.attributes),
    events: (detail.events ?? []).map(eventOf),
    links: (detail.links ?? []).map(linkOf),
    ...(dropped && { dropped }),
  }
}

function eventOf({ name, time, attributes }: StoredEvent): Span['events'][number] {
  return { name, time: Number(time) / 1e6, attributes: plainAttributes(attributes) }
}

function linkOf({ traceId, spanId, attributes }: StoredLink): Span['links'][number] {
  return { traceId, spanId, attributes: plainAttributes(attributes) }
}
