import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { LogList, LogRecord, Score } from '../api/sessions.ts'
import type { LogDetail } from '../otlp/logs.ts'
import { plainAttributes, plainValue } from '../otlp/values.ts'
import { fullTextQuery } from './full-text.ts'
import { nanosecondsOf, optional } from './trace-reader.ts'

/** What to list; all of it must hold. */
export interface LogFilter {
  readonly service?: string | undefined
  readonly events?: readonly string[]
  readonly minSeverity?: number | undefined
  readonly trace?: string | undefined
  readonly text?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

type Row = Readonly<Record<string, unknown>>

const COLUMNS = `id, time / 1000 / 1e3 AS time, severity, severity_text, event, service, trace_id, span_id, detail,
  CAST(time AS TEXT) AS digits`
const MAX_FOUND = 10_000

export class LogReader {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  list(filter: LogFilter): LogList {
    const conditions = ['1']
    const values: SQLInputValue[] = []
    const add = (condition: string, value: SQLInputValue | undefined): void => {
      if (value === undefined) return
      conditions.push(condition)
      values.push(value)
    }
    add('service = ?', filter.service)
    const { events = [] } = filter
    add(
      'event IN (SELECT value FROM json_each(?))',
      events.length > 0 ? JSON.stringify(events) : undefined,
    )
    add('severity >= ?', filter.minSeverity)
    add('trace_id = ?', filter.trace?.toLowerCase())
    add('time >= ?', filter.from === undefined ? undefined : nanosecondsOf(filter.from))
    add('time <= ?', filter.to === undefined ? undefined : nanosecondsOf(filter.to))
    add(
      `id IN (SELECT rowid FROM log_text WHERE log_text MATCH ? ORDER BY rowid DESC LIMIT ${MAX_FOUND})`,
      fullTextQuery(filter.text ?? '') || undefined,
    )
    const cursor = /^(\d{1,19})-(\d{1,15})$/.exec(filter.cursor ?? '')
    if (cursor) {
      conditions.push('(time, id) < (?, ?)')
      values.push(BigInt(cursor[1] ?? 0), Number(cursor[2]))
    }
    const rows = this.#database
      .prepare(
        `SELECT ${COLUMNS} FROM logs WHERE ${conditions.join(' AND ')}
         ORDER BY logs.time DESC, id DESC LIMIT ${filter.limit + 1}`,
      )
      .all(...values)
    const last = rows[filter.limit - 1]
    return {
      logs: rows.slice(0, filter.limit).map(logOf),
      ...(rows.length > filter.limit && {
        cursor: `${String(last?.['digits'])}-${String(last?.['id'])}`,
      }),
    }
  }

  /** All of a trace, by time. */
  ofTrace(traceId: string): LogRecord[] {
    return this.#database
      .prepare(
        `SELECT ${COLUMNS} FROM logs WHERE trace_id = ? AND trace_id <> '' ORDER BY logs.time, id LIMIT 10000`,
      )
      .all(traceId)
      .map(logOf)
  }

  scoresOfTraces(traceIds: readonly string[]): Score[] {
    return this.#scores(
      'trace_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(traceIds.filter((id) => id !== '')),
    )
  }

  scoresOfConversation(conversation: string): Score[] {
    return this.#scores('conversation = ?', conversation)
  }

  #scores(condition: string, value: string): Score[] {
    return this.#database
      .prepare(
        `SELECT time / 1000 / 1e3 AS time, name, value, label, explanation, trace_id, span_id, response_id
         FROM scores WHERE ${condition} ORDER BY scores.time LIMIT 10000`,
      )
      .all(value)
      .map(scoreOf)
  }
}

function logOf(row: Row): LogRecord {
  const { body, attributes } = JSON.parse(String(row['detail'])) as LogDetail
  return {
    id: Number(row['id']),
    time: Number(row['time']),
    severity: Number(row['severity']),
    ...said('severityText', row['severity_text']),
    ...said('event', row['event']),
    ...(body !== null && { body: plainValue(body) }),
    service: String(row['service']),
    attributes: plainAttributes(attributes),
    ...said('traceId', row['trace_id']),
    ...said('spanId', row['span_id']),
  }
}

function scoreOf(row: Row): Score {
  return {
    name: String(row['name']),
    ...optional('value', row['value'] as number | null),
    ...optional('label', row['label'] as string | null),
    ...optional('explanation', row['explanation'] as string | null),
    time: Number(row['time']),
    ...said('traceId', row['trace_id']),
    ...said('spanId', row['span_id']),
    ...optional('responseId', row['response_id'] as string | null),
  }
}

/** A text that may be empty, as a property that may be missing. */
function said<Name extends string>(
  name: Name,
  value: unknown,
): { readonly [Key in Name]?: string } {
  return optional(name, value === '' ? undefined : (value as string))
}
