import type { DatabaseSync } from 'node:sqlite'
import type { Status } from '../api/general.ts'
import type { HostList } from '../api/metrics.ts'
import type { Overview } from '../api/overview.ts'
import type { TraceDetail } from '../api/traces.ts'
import type { Message } from '../otlp/messages.ts'
import { openToRead } from './database.ts'
import { readHosts, readLatest, type LatestPoint } from './latest-reader.ts'
import { LogReader } from './log-reader.ts'
import { MetricReader } from './metric-reader.ts'
import { otlpTrace } from './otlp-export.ts'
import { type CallFilter, readOverview } from './overview.ts'
import type { Range } from './range.ts'
import { RunReader } from './run-reader.ts'
import { SessionReader } from './session-reader.ts'
import { readTrace } from './trace-detail.ts'
import { TraceReader } from './trace-reader.ts'

type Stored = Pick<Status['storage'], 'bytes' | 'traces' | 'spans' | 'points' | 'logs'>

interface Readers {
  readonly database: DatabaseSync
  readonly traces: TraceReader
  readonly logs: LogReader
  readonly metrics: MetricReader
  readonly runs: RunReader
  readonly sessions: SessionReader
}

/** Reads what is kept. */
export class Store {
  readonly #location: string
  #readers: Readers

  constructor(location: string) {
    this.#location = location
    this.#readers = readersOf(location)
  }

  get traces(): TraceReader {
    return this.#readers.traces
  }

  get logs(): LogReader {
    return this.#readers.logs
  }

  get metrics(): MetricReader {
    return this.#readers.metrics
  }

  get runs(): RunReader {
    return this.#readers.runs
  }

  get sessions(): SessionReader {
    return this.#readers.sessions
  }

  get #database(): DatabaseSync {
    return this.#readers.database
  }

  /** To be called where there is another file now. */
  reopen(): void {
    this.close()
    this.#readers = readersOf(this.#location)
  }

  trace(traceId: string): TraceDetail | undefined {
    return readTrace(this.#database, this.traces, this.logs, traceId)
  }

  /** Names that the newest spans of a service have. */
  spanNames(service: string): string[] {
    return this.#database
      .prepare(
        `SELECT DISTINCT s.name FROM (SELECT name, resource FROM spans ORDER BY id DESC LIMIT 20000) s
         JOIN resources r ON r.id = s.resource WHERE r.service = ? ORDER BY s.name LIMIT 1000`,
      )
      .all(service)
      .map(({ name }) => String(name))
  }

  /** As OTLP's JSON has it. */
  otlp(traceId: string): Message | undefined {
    return otlpTrace(this.#database, traceId)
  }

  overview(range: Range, filter: CallFilter): Overview {
    return readOverview(this.#database, range, filter)
  }

  hosts(): HostList {
    return readHosts(this.#database, this.metrics)
  }

  latest(): LatestPoint[] {
    return readLatest(this.#database, this.metrics)
  }

  /** Rows, and bytes of the file. */
  size(): Stored {
    const number = (sql: string): number =>
      Number(Object.values(this.#database.prepare(sql).get() ?? {})[0])
    return {
      bytes: number('PRAGMA page_count') * number('PRAGMA page_size'),
      traces: number('SELECT count(*) FROM traces'),
      spans: number('SELECT count(*) FROM spans'),
      points: number('SELECT count(*) FROM points'),
      logs: number('SELECT count(*) FROM logs'),
    }
  }

  close(): void {
    this.#database.close()
  }
}

function readersOf(location: string): Readers {
  const database = openToRead(location)
  const traces = new TraceReader(database)
  const logs = new LogReader(database)
  return {
    database,
    traces,
    logs,
    metrics: new MetricReader(database),
    runs: new RunReader(database),
    sessions: new SessionReader(database, traces, logs),
  }
}
