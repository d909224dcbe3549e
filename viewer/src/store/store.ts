import type { DatabaseSync } from 'node:sqlite'
import type { Status } from '../api/general.ts'
import type { HostList } from '../api/metrics.ts'
import type { Overview } from '../api/overview.ts'
import type { TraceDetail } from '../api/traces.ts'
import { openToRead } from './database.ts'
import { readHosts, readLatest, type LatestPoint } from './latest-reader.ts'
import { LogReader } from './log-reader.ts'
import { MetricReader } from './metric-reader.ts'
import { type CallFilter, readOverview } from './overview.ts'
import type { Range } from './range.ts'
import { RunReader } from './run-reader.ts'
import { SessionReader } from './session-reader.ts'
import { readTrace } from './trace-detail.ts'
import { TraceReader } from './trace-reader.ts'

type Stored = Pick<Status['storage'], 'bytes' | 'traces' | 'spans' | 'points' | 'logs'>

/** Reads what is kept. */
export class Store {
  readonly traces: TraceReader
  readonly logs: LogReader
  readonly metrics: MetricReader
  readonly runs: RunReader
  readonly sessions: SessionReader
  readonly #database: DatabaseSync

  constructor(location: string) {
    this.#database = openToRead(location)
    this.traces = new TraceReader(this.#database)
    this.logs = new LogReader(this.#database)
    this.metrics = new MetricReader(this.#database)
    this.runs = new RunReader(this.#database)
    this.sessions = new SessionReader(this.#database, this.traces, this.logs)
  }

  trace(traceId: string): TraceDetail | undefined {
    return readTrace(this.#database, this.traces, this.logs, traceId)
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
