import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Facets, TraceList, TraceSummary } from '../api.ts'
import { fullTextQuery } from './full-text.ts'
import { FACET_KINDS, type FacetKind, type FacetValues } from './trace-row.ts'

/** What to list; all of it must hold. */
export interface TraceFilter {
  /** Any of these values, by kind. */
  readonly facets: Partial<FacetValues>
  readonly conversation?: string | undefined
  readonly user?: string | undefined
  readonly errors?: boolean | undefined
  /** Milliseconds. */
  readonly minDuration?: number | undefined
  readonly maxDuration?: number | undefined
  readonly minCost?: number | undefined
  readonly maxCost?: number | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly text?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

const COLUMNS = `
t.id, t.trace_id, t.name, t.service, t.has_root, t.start / 1000 / 1e3 AS start, (t."end" - t.start) / 1e6 AS duration,
t.spans, t.errors, t.input, t.output, t.cache_read, t.cache_write, t.reasoning, t.cost, t.conversation, t.user,
t.facets, (SELECT count(*) FROM scores WHERE scores.trace_id = t.trace_id) AS scores, CAST(t.start AS TEXT) AS start_digits`

/** Newest spans that a search for text looks through. */
const MAX_FOUND = 10_000

type Row = Readonly<Record<string, unknown>>

export class TraceReader {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  list(filter: TraceFilter): TraceList {
    const query = new Query()
    this.#addFacets(query, filter.facets)
    addConditions(query, filter)
    const rows = this.#database
      .prepare(
        `SELECT ${COLUMNS} FROM ${query.from} WHERE ${query.where}
         ORDER BY ${query.order} LIMIT ${filter.limit + 1}`,
      )
      .all(...query.values)
    const shown = rows.slice(0, filter.limit)
    const last = shown.at(-1)
    return {
      traces: shown.map(summaryOf),
      ...(rows.length > filter.limit && last && { cursor: cursorOf(last) }),
    }
  }

  /** Summaries of rows, of those that are still there. */
  summaries(ids: readonly number[]): TraceSummary[] {
    return this.#database
      .prepare(
        `SELECT ${COLUMNS} FROM traces t WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY t.start DESC`,
      )
      .all(JSON.stringify(ids))
      .map(summaryOf)
  }

  /** The row and the summary of a trace. */
  find(traceId: string): { readonly row: number; readonly summary: TraceSummary } | undefined {
    const found = this.#database
      .prepare(`SELECT ${COLUMNS} FROM traces t WHERE t.trace_id = ?`)
      .get(traceId.toLowerCase())
    return found && { row: Number(found['id']), summary: summaryOf(found) }
  }

  facets(): Facets {
    const statement = this.#database.prepare(
      'SELECT value, traces FROM facets WHERE kind = ? AND traces > 0 ORDER BY traces DESC, value LIMIT 100',
    )
    const of = (kind: FacetKind): Facets['services'] =>
      statement
        .all(kind)
        .map(({ value, traces }) => ({ value: String(value), traces: Number(traces) }))
    return {
      services: of('service'),
      models: of('model'),
      providers: of('provider'),
      operations: of('operation'),
    }
  }

  /** One facet of which one value is asked for gives the order; the others are looked up by trace. */
  #addFacets(query: Query, facets: Partial<FacetValues>): void {
    const wanted = FACET_KINDS.flatMap((kind) => {
      const values = facets[kind] ?? []
      return values.length === 0 ? [] : [this.#facetRows(kind, values)]
    })
    const leading = wanted.filter(({ length }) => length === 1).flat()
    const first = leading.toSorted((one, other) => one.traces - other.traces)[0]
    if (first) query.lead(first.id)
    for (const rows of wanted) {
      if (first && rows.length === 1 && rows[0]?.id === first.id) continue
      query.add(
        `EXISTS (SELECT 1 FROM trace_facets o WHERE o.facet IN (SELECT value FROM json_each(?))
           AND o.start = t.start AND o.trace = t.id)`,
        JSON.stringify(rows.map(({ id }) => id)),
      )
    }
  }

  #facetRows(
    kind: FacetKind,
    values: readonly string[],
  ): ReadonlyArray<{ readonly id: number; readonly traces: number }> {
    return this.#database
      .prepare(
        'SELECT id, traces FROM facets WHERE kind = ? AND value IN (SELECT value FROM json_each(?))',
      )
      .all(kind, JSON.stringify(values))
      .map(({ id, traces }) => ({ id: Number(id), traces: Number(traces) }))
  }
}

class Query {
  readonly #conditions: string[] = ['1']
  readonly values: SQLInputValue[] = []
  from = 'traces t'
  #prefix = 't.start'
  #row = 't.id'

  get where(): string {
    return this.#conditions.join(' AND ')
  }

  get order(): string {
    return `${this.#prefix} DESC, ${this.#row} DESC`
  }

  lead(facet: number): void {
    this.from = 'trace_facets f CROSS JOIN traces t ON t.id = f.trace'
    this.#prefix = 'f.start'
    this.#row = 'f.trace'
    this.add('f.facet = ?', facet)
  }

  add(condition: string, ...values: readonly SQLInputValue[]): void {
    this.#conditions.push(condition)
    this.values.push(...values)
  }

  /** In the order of the list. */
  addTime(operator: string, nanoseconds: bigint): void {
    this.add(`${this.#prefix} ${operator} ?`, nanoseconds)
  }

  after(start: bigint, row: number): void {
    this.add(`(${this.#prefix}, ${this.#row}) < (?, ?)`, start, row)
  }
}

function addConditions(query: Query, filter: TraceFilter): void {
  const { conversation, user, minDuration, maxDuration, minCost, maxCost } = filter
  if (conversation !== undefined) query.add('t.conversation = ?', conversation)
  if (user !== undefined) query.add('t.user = ?', user)
  if (filter.errors) query.add('t.errors > 0')
  if (minDuration !== undefined) query.add('t."end" - t.start >= ?', minDuration * 1e6)
  if (maxDuration !== undefined) query.add('t."end" - t.start <= ?', maxDuration * 1e6)
  if (minCost !== undefined) query.add('t.cost >= ?', minCost)
  if (maxCost !== undefined) query.add('t.cost <= ?', maxCost)
  if (filter.from !== undefined) query.addTime('>=', nanosecondsOf(filter.from))
  if (filter.to !== undefined) query.addTime('<=', nanosecondsOf(filter.to))
  const words = filter.text === undefined ? '' : fullTextQuery(filter.text)
  if (words !== '') {
    query.add(
      `t.id IN (SELECT s.trace FROM spans s WHERE s.id IN
         (SELECT rowid FROM span_text WHERE span_text MATCH ? ORDER BY rowid DESC LIMIT ${MAX_FOUND}))`,
      words,
    )
  }
  const cursor = /^(\d{1,19})-(\d{1,15})$/.exec(filter.cursor ?? '')
  if (cursor) query.after(BigInt(cursor[1] ?? 0), Number(cursor[2]))
}

export function nanosecondsOf(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1000)) * 1000n
}

function cursorOf(row: Row): string {
  return `${String(row['start_digits'])}-${String(row['id'])}`
}

function summaryOf(row: Row): TraceSummary {
  const facets = JSON.parse(String(row['facets'])) as FacetValues
  return {
    id: String(row['trace_id']),
    name: String(row['name']),
    service: String(row['service']),
    hasRoot: row['has_root'] === 1,
    start: Number(row['start']),
    duration: Number(row['duration']),
    spans: Number(row['spans']),
    errors: Number(row['errors']),
    services: facets.service,
    models: facets.model,
    providers: facets.provider,
    operations: facets.operation,
    tokens: tokensOf(row),
    ...optional('cost', row['cost'] as number | null),
    ...optional('conversation', row['conversation'] as string | null),
    ...optional('user', row['user'] as string | null),
    scores: Number(row['scores'] ?? 0),
  }
}

export function tokensOf(row: Row): TraceSummary['tokens'] {
  return {
    input: Number(row['input']),
    output: Number(row['output']),
    ...optional('cacheRead', row['cache_read'] as number | null),
    ...optional('cacheWrite', row['cache_write'] as number | null),
    ...optional('reasoning', row['reasoning'] as number | null),
  }
}

/** A column that may be null, as a property that may be missing. */
export function optional<Name extends string, Value>(
  name: Name,
  value: Value | null | undefined,
): { readonly [Key in Name]?: Value } {
  return value === null || value === undefined ? {} : ({ [name]: value } as Record<Name, Value>)
}
