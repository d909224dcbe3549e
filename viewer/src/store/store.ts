import type { DatabaseSync } from 'node:sqlite'
import type { TraceDetail } from '../api.ts'
import { openToRead } from './database.ts'
import { readTrace } from './trace-detail.ts'
import { TraceReader } from './trace-reader.ts'

/** Reads what is kept. */
export class Store {
  readonly traces: TraceReader
  readonly #database: DatabaseSync

  constructor(location: string) {
    this.#database = openToRead(location)
    this.traces = new TraceReader(this.#database)
  }

  trace(traceId: string): TraceDetail | undefined {
    return readTrace(this.#database, this.traces, traceId)
  }

  close(): void {
    this.#database.close()
  }
}
