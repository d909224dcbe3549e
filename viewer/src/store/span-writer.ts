import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { ReadSpan } from '../otlp/spans.ts'
import { CallWriter } from './call-writer.ts'
import { factsOf } from './facts.ts'
import type { Origins } from './origins.ts'
import { searchText } from './search-text.ts'
import { FACET_KINDS, type FacetKind, type TraceColumns, TraceRow } from './trace-row.ts'

const FIND_TRACE = `
SELECT id, CAST(start AS TEXT) AS start, CAST("end" AS TEXT) AS "end", has_root AS hasRoot,
  CAST(root_start AS TEXT) AS rootStart, name, service, spans, errors, input, output, cache_read AS cacheRead,
  cache_write AS cacheWrite, reasoning, cost, conversation, user, facets FROM traces WHERE trace_id = ?`

const PUT_TRACE = `
INSERT OR REPLACE INTO traces (id, trace_id, start, "end", has_root, root_start, name, service, spans, errors,
  input, output, cache_read, cache_write, reasoning, cost, conversation, user, facets)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// a retry brings a span that is there already; a broken sender other spans with the same id
const INSERT_SPAN = `
INSERT OR IGNORE INTO spans (trace, span_id, parent_id, start, "end", kind, status, resource, scope, name, detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Writes spans, and the summaries of their traces. */
export class SpanWriter {
  readonly #origins: Origins
  readonly #calls: CallWriter
  readonly #findTrace: StatementSync
  readonly #putTrace: StatementSync
  readonly #insertSpan: StatementSync
  readonly #insertText: StatementSync
  readonly #findFacet: StatementSync
  readonly #insertFacet: StatementSync
  readonly #countFacet: StatementSync
  readonly #insertTraceFacet: StatementSync
  readonly #moveTraceFacet: StatementSync
  #nextTrace: number

  constructor(database: DatabaseSync, origins: Origins) {
    const prepare = (sql: string): StatementSync => database.prepare(sql)
    this.#origins = origins
    this.#calls = new CallWriter(database)
    this.#findTrace = prepare(FIND_TRACE)
    this.#putTrace = prepare(PUT_TRACE)
    this.#insertSpan = prepare(INSERT_SPAN)
    this.#insertText = prepare('INSERT INTO span_text (rowid, text) VALUES (?, ?)')
    this.#findFacet = prepare('SELECT id FROM facets WHERE kind = ? AND value = ?')
    this.#insertFacet = prepare(
      'INSERT OR IGNORE INTO facets (kind, value, traces) VALUES (?, ?, 0)',
    )
    this.#countFacet = prepare('UPDATE facets SET traces = traces + 1 WHERE id = ?')
    this.#insertTraceFacet = prepare(
      'INSERT OR IGNORE INTO trace_facets (facet, start, trace) VALUES (?, ?, ?)',
    )
    this.#moveTraceFacet = prepare(
      'UPDATE trace_facets SET start = ? WHERE facet = ? AND start = ? AND trace = ?',
    )
    const { last } = prepare('SELECT max(id) AS last FROM traces').get() ?? {}
    this.#nextTrace = Number(last ?? 0) + 1
  }

  /** Writes what is new of the spans; tells that, and the rows of the traces that changed. */
  write(spans: readonly ReadSpan[]): {
    readonly traces: readonly number[]
    readonly added: readonly ReadSpan[]
  } {
    const touched = new Map<string, TraceRow>()
    const added = spans.filter((span) => {
      const row = touched.get(span.traceId) ?? this.#row(span.traceId)
      touched.set(span.traceId, row)
      return this.#add(span, row)
    })
    const changed = [...touched.values()].filter(({ columns }) => columns.spans > 0)
    for (const row of changed) this.#put(row)
    return { traces: changed.map(({ id }) => id), added }
  }

  /** Returns whether it is new. */
  #add(span: ReadSpan, row: TraceRow): boolean {
    const id = this.#insert(span, row.id)
    if (id === undefined) return false
    const facts = factsOf(span)
    row.add(span, facts)
    this.#insertText.run(id, searchText(span.name, span.detail))
    if (facts.call) this.#calls.write(id, span, facts, facts.call)
    return true
  }

  #row(traceId: string): TraceRow {
    const stored = this.#findTrace.get(traceId)
    if (stored) return new TraceRow(Number(stored['id']), traceId, columnsOf(stored))
    const row = new TraceRow(this.#nextTrace, traceId)
    this.#nextTrace += 1
    return row
  }

  #insert(span: ReadSpan, trace: number): number | bigint | undefined {
    const { changes, lastInsertRowid } = this.#insertSpan.run(
      trace,
      span.id,
      span.parentId,
      span.start,
      span.end,
      span.kind,
      span.status,
      this.#origins.resource(span.resource),
      this.#origins.scope(span.scope),
      span.name,
      JSON.stringify(span.detail),
    )
    return changes === 0 ? undefined : lastInsertRowid
  }

  #put(row: TraceRow): void {
    const { columns } = row
    this.#putTrace.run(
      row.id,
      row.traceId,
      columns.start,
      columns.end,
      columns.hasRoot,
      columns.rootStart,
      columns.name,
      columns.service,
      columns.spans,
      columns.errors,
      columns.input,
      columns.output,
      columns.cacheRead,
      columns.cacheWrite,
      columns.reasoning,
      columns.cost,
      columns.conversation,
      columns.user,
      JSON.stringify(columns.facets),
    )
    if (row.storedStart !== undefined && row.storedStart !== columns.start) this.#move(row)
    for (const [kind, value] of row.newFacets) {
      this.#insertFacet.run(kind, value)
      const facet = this.#facet(kind, value)
      this.#countFacet.run(facet)
      this.#insertTraceFacet.run(facet, columns.start, row.id)
    }
  }

  /** Facets lie in the order of the start of their traces. */
  #move({ id, columns, storedStart }: TraceRow): void {
    for (const kind of FACET_KINDS) {
      for (const value of columns.facets[kind]) {
        this.#moveTraceFacet.run(columns.start, this.#facet(kind, value), storedStart ?? 0n, id)
      }
    }
  }

  #facet(kind: FacetKind, value: string): number {
    return Number(this.#findFacet.get(kind, value)?.['id'])
  }
}

function columnsOf(stored: Readonly<Record<string, unknown>>): TraceColumns {
  return {
    ...(stored as unknown as TraceColumns),
    start: BigInt(String(stored['start'])),
    end: BigInt(String(stored['end'])),
    rootStart: BigInt(String(stored['rootStart'])),
    facets: JSON.parse(String(stored['facets'])) as TraceColumns['facets'],
  }
}
