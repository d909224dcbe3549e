import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { FacetValues } from './trace-row.ts'

/** What is kept at most; the oldest goes first. */
export interface Limits {
  readonly bytes: number
  /** Of spans, of points and of log records, each. */
  readonly rows: number
  /** Milliseconds since it arrived. */
  readonly age: number
}

type Row = Readonly<Record<string, unknown>>

/** Traces that are deleted at once: others can write in between. */
const TRACES_AT_ONCE = 200
const ROWS_AT_ONCE = 5000
/** What part goes where the file is too large. */
const PART = 0.05
const PAGES_AT_ONCE = 2000

/** Deletes what is too old or too much, a little at a time. */
export class Retention {
  readonly #database: DatabaseSync
  readonly #limits: Limits
  readonly #spansOfTrace: readonly StatementSync[]
  readonly #findFacet: StatementSync
  readonly #deleteFacet: StatementSync
  readonly #countFacet: StatementSync
  readonly #deletePoints: StatementSync

  constructor(database: DatabaseSync, limits: Limits) {
    this.#database = database
    this.#limits = limits
    this.#spansOfTrace = [
      'DELETE FROM span_text WHERE rowid IN (SELECT id FROM spans WHERE trace = ?)',
      'DELETE FROM calls WHERE id IN (SELECT id FROM spans WHERE trace = ?)',
      'DELETE FROM spans WHERE trace = ?',
      'DELETE FROM traces WHERE id = ?',
    ].map((sql) => database.prepare(sql))
    this.#findFacet = database.prepare('SELECT id FROM facets WHERE kind = ? AND value = ?')
    this.#deleteFacet = database.prepare(
      'DELETE FROM trace_facets WHERE facet = ? AND start = ? AND trace = ?',
    )
    this.#countFacet = database.prepare('UPDATE facets SET traces = traces - 1 WHERE id = ?')
    this.#deletePoints = database.prepare('DELETE FROM points WHERE series = ? AND time < ?')
  }

  /** Notes what has arrived by now: age counts from there, since clocks of senders may be wrong. */
  mark(now: number): void {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO arrivals (time, trace, log)
         VALUES (?, (SELECT max(id) FROM traces), (SELECT max(id) FROM logs))`,
      )
      .run(now)
  }

  /** Deletes a part of what must go; true where there is more. To be called within a transaction. */
  sweep(now: number): boolean {
    const { traces, logs, points } = this.#bounds(now)
    const more = [this.#sweepTraces(traces), this.#sweepLogs(logs), this.#sweepPoints(points)]
    this.#sweepRuns(now)
    return more.some(Boolean)
  }

  /** Gives pages back to the file system. Not to be called within a transaction. */
  shrink(): void {
    this.#database.exec(`PRAGMA incremental_vacuum(${PAGES_AT_ONCE})`)
  }

  /** Ids, or times of points, up to which everything goes. */
  #bounds(now: number): {
    readonly traces: number
    readonly logs: number
    readonly points: bigint
  } {
    const old = this.#get(
      'SELECT trace, log FROM arrivals WHERE time < ? ORDER BY time DESC LIMIT 1',
      now - this.#limits.age,
    )
    this.#database.prepare('DELETE FROM arrivals WHERE time < ?').run(now - this.#limits.age * 2)
    const part = this.#isTooLarge() ? PART : 0
    const traces = this.#range('SELECT min(id) AS low, max(id) AS high FROM traces')
    const logs = this.#range('SELECT min(id) AS low, max(id) AS high FROM logs')
    const spans = this.#number('SELECT count(*) AS rows FROM spans')
    const points = this.#number('SELECT count(*) AS rows FROM points')
    const share = (rows: number): number =>
      Math.max(part, 1 - this.#limits.rows / Math.max(rows, 1))
    return {
      traces: Math.max(Number(old?.['trace'] ?? 0), upTo(traces, share(spans))),
      logs: Math.max(Number(old?.['log'] ?? 0), upTo(logs, share(logs.high - logs.low))),
      points: this.#oldestPoints(now, share(points)),
    }
  }

  /** Of points only their own time is known: they are old where newer ones have come since. */
  #oldestPoints(now: number, share: number): bigint {
    const { low, high } = this.#range(
      `SELECT min(low) / 1e9 AS low, max(high) / 1e9 AS high FROM (SELECT
         (SELECT time FROM points WHERE series = s.id ORDER BY time LIMIT 1) AS low,
         (SELECT time FROM points WHERE series = s.id ORDER BY time DESC LIMIT 1) AS high FROM series s)`,
    )
    const byAge = Math.min(now / 1000, high) - this.#limits.age / 1000
    const bySize = share <= 0 ? 0 : low + (high - low) * share
    return BigInt(Math.max(0, Math.floor(Math.max(byAge, bySize)))) * 1_000_000_000n
  }

  #sweepTraces(last: number): boolean {
    const rows = this.#database
      .prepare(
        'SELECT id, CAST(start AS TEXT) AS start, facets FROM traces WHERE id <= ? ORDER BY id LIMIT ?',
      )
      .all(last, TRACES_AT_ONCE)
    for (const row of rows) {
      this.#deleteFacets(row)
      for (const statement of this.#spansOfTrace) statement.run(Number(row['id']))
    }
    return rows.length === TRACES_AT_ONCE
  }

  #deleteFacets({ id, start, facets }: Row): void {
    for (const [kind, values] of Object.entries(JSON.parse(String(facets)) as FacetValues)) {
      for (const value of values) {
        const facet = Number(this.#findFacet.get(kind, value)?.['id'])
        this.#deleteFacet.run(facet, BigInt(String(start)), Number(id))
        this.#countFacet.run(facet)
      }
    }
  }

  #sweepLogs(last: number): boolean {
    const ids = 'SELECT id FROM logs WHERE id <= ? ORDER BY id LIMIT ?'
    for (const sql of [
      `DELETE FROM log_text WHERE rowid IN (${ids})`,
      `DELETE FROM scores WHERE log IN (${ids})`,
    ]) {
      this.#database.prepare(sql).run(last, ROWS_AT_ONCE)
    }
    const { changes } = this.#database
      .prepare(`DELETE FROM logs WHERE id IN (${ids})`)
      .run(last, ROWS_AT_ONCE)
    return Number(changes) === ROWS_AT_ONCE
  }

  #sweepPoints(before: bigint): boolean {
    let deleted = 0
    for (const { id } of this.#database.prepare('SELECT id FROM series').all()) {
      deleted += Number(this.#deletePoints.run(Number(id), before).changes)
      if (deleted >= ROWS_AT_ONCE) return true
    }
    if (deleted > 0) {
      this.#database.exec(
        'DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM points WHERE series = series.id)',
      )
    }
    return false
  }

  /** As with points: a run is old where newer ones have come since. */
  #sweepRuns(now: number): void {
    const newest = 'SELECT min(?, max(updated)) - ? FROM runs'
    const old = `SELECT id FROM runs WHERE updated < (${newest})`
    const bounds = [nanoseconds(now), nanoseconds(this.#limits.age)]
    for (const table of ['run_points', 'run_events']) {
      this.#database.prepare(`DELETE FROM ${table} WHERE run IN (${old})`).run(...bounds)
    }
    this.#database.prepare(`DELETE FROM runs WHERE updated < (${newest})`).run(...bounds)
  }

  #isTooLarge(): boolean {
    const used =
      this.#number('PRAGMA page_count', 'page_count') -
      this.#number('PRAGMA freelist_count', 'freelist_count')
    return used * this.#number('PRAGMA page_size', 'page_size') > this.#limits.bytes
  }

  #range(sql: string): { readonly low: number; readonly high: number } {
    const { low = 0, high = 0 } = this.#get(sql) ?? {}
    return { low: Number(low), high: Number(high) }
  }

  #number(sql: string, column = 'rows'): number {
    return Number(this.#get(sql)?.[column])
  }

  #get(sql: string, ...values: readonly number[]): Row | undefined {
    return this.#database.prepare(sql).get(...values)
  }
}

/** The id up to which a share of all lies; 0 for none. */
function upTo(
  { low, high }: { readonly low: number; readonly high: number },
  share: number,
): number {
  return share <= 0 ? 0 : Math.floor(low + (high - low + 1) * share)
}

function nanoseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds)) * 1_000_000n
}
