import type { DatabaseSync } from 'node:sqlite'
import type { SessionDetail, SessionList, SessionSummary } from '../api/sessions.ts'
import type { TraceSummary } from '../api/traces.ts'
import type { LogReader } from './log-reader.ts'
import { optional, tokensOf, type TraceReader } from './trace-reader.ts'

const LIST = `
SELECT conversation, CAST(max(start) AS TEXT) AS digits FROM traces
WHERE conversation IS NOT NULL GROUP BY conversation
HAVING (max(start), conversation) < (?, ?) ORDER BY max(start) DESC, conversation DESC LIMIT ?`

const SUMS = `
SELECT conversation, max(user) AS user, min(start) / 1000 / 1e3 AS start, max("end") / 1000 / 1e3 AS "end", count(*) AS traces,
  sum(errors) AS errors, sum(input) AS input, sum(output) AS output, sum(cache_read) AS cache_read,
  sum(cache_write) AS cache_write, sum(reasoning) AS reasoning, sum(cost) AS cost,
  json_group_array(json_extract(facets, '$.service')) AS services,
  json_group_array(json_extract(facets, '$.model')) AS models
FROM traces WHERE conversation = ?`

const MOST_TRACES = 500
const LAST = 2n ** 63n - 1n

/** Reads conversations, each over its traces. */
export class SessionReader {
  readonly #database: DatabaseSync
  readonly #traces: TraceReader
  readonly #logs: LogReader

  constructor(database: DatabaseSync, traces: TraceReader, logs: LogReader) {
    this.#database = database
    this.#traces = traces
    this.#logs = logs
  }

  list(limit: number, cursor: string | undefined): SessionList {
    const [, digits, conversation = ''] = /^(\d{1,19})-(.*)$/s.exec(cursor ?? '') ?? []
    const before = digits === undefined ? LAST : BigInt(digits)
    const rows = this.#database.prepare(LIST).all(before, conversation, limit + 1)
    const last = rows[limit - 1]
    return {
      sessions: rows
        .slice(0, limit)
        .map((row) => this.#summary(String(row['conversation'])))
        .filter((session) => session !== undefined),
      ...(rows.length > limit && {
        cursor: `${String(last?.['digits'])}-${String(last?.['conversation'])}`,
      }),
    }
  }

  find(id: string): SessionDetail | undefined {
    const session = this.#summary(id)
    if (!session) return undefined
    const traces: readonly TraceSummary[] = this.#traces.list({
      facets: {},
      conversation: id,
      limit: MOST_TRACES,
    }).traces
    return { session, traces: traces.toReversed(), scores: this.#scores(id) }
  }

  #summary(id: string): SessionSummary | undefined {
    const row = this.#database.prepare(SUMS).get(id)
    if (!row || row['traces'] === 0) return undefined
    return {
      id,
      ...optional('user', row['user'] as string | null),
      start: Number(row['start']),
      end: Number(row['end']),
      traces: Number(row['traces']),
      errors: Number(row['errors']),
      tokens: tokensOf(row),
      ...optional('cost', row['cost'] as number | null),
      services: union(row['services']),
      models: union(row['models']),
      scores: this.#scores(id).length,
    }
  }

  #scores(id: string): SessionDetail['scores'] {
    const ids = this.#database
      .prepare('SELECT trace_id FROM traces WHERE conversation = ? ORDER BY start DESC LIMIT ?')
      .all(id, MOST_TRACES)
      .map((row) => String(row['trace_id']))
    const ofTraces = this.#logs.scoresOfTraces(ids)
    const known = new Set(ofTraces.map((score) => JSON.stringify(score)))
    const others = this.#logs
      .scoresOfConversation(id)
      .filter((score) => !known.has(JSON.stringify(score)))
    return [...ofTraces, ...others].toSorted((one, other) => one.time - other.time)
  }
}

/** The values of lists in a list, all of them JSON. */
function union(json: unknown): string[] {
  const lists = JSON.parse(String(json)) as Array<string | readonly string[]>
  const values = lists.flatMap((list) =>
    typeof list === 'string' ? (JSON.parse(list) as readonly string[]) : list,
  )
  return [...new Set(values)]
}
