import type { DatabaseSync } from 'node:sqlite'
import { readLogs } from '../otlp/logs.ts'
import { decodeJson, decodeProtobuf, type Message, type Signal } from '../otlp/messages.ts'
import { readPoints } from '../otlp/metrics.ts'
import type { Read } from '../otlp/read.ts'
import { readSpans } from '../otlp/spans.ts'
import { isDamage } from '../store/database.ts'
import { LogWriter } from '../store/log-writer.ts'
import { MetricWriter } from '../store/metric-writer.ts'
import { Origins } from '../store/origins.ts'
import { RunWriter } from '../store/run-writer.ts'
import { SpanWriter } from '../store/span-writer.ts'
import type { Changes, Delivery, Outcome } from './exchange.ts'

const NOTHING: Changes = { traces: [], spans: 0, points: 0, logs: 0, rejected: 0, runs: false }

/** Turns deliveries into rows, each in one transaction. */
export class Writer {
  readonly #database: DatabaseSync
  readonly #origins: Origins
  readonly #spans: SpanWriter
  readonly #metrics: MetricWriter
  readonly #logs: LogWriter
  readonly #runs: RunWriter

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#origins = new Origins(database)
    this.#spans = new SpanWriter(database, this.#origins)
    this.#metrics = new MetricWriter(database, this.#origins)
    this.#logs = new LogWriter(database, this.#origins)
    this.#runs = new RunWriter(database)
  }

  /** Never throws: what goes wrong is an outcome, and nothing of the delivery is kept then. */
  write(delivery: Delivery): Outcome {
    let request: Message
    try {
      request = decode(delivery)
    } catch (error) {
      return { kind: 'malformed', reason: words(error) }
    }
    try {
      return this.inTransaction(() => this.#keep[delivery.signal](request))
    } catch (error) {
      return { kind: isDamage(error) ? 'damaged' : 'failed', reason: words(error) }
    }
  }

  readonly #keep: Readonly<Record<Signal, (request: Message) => Outcome>> = {
    traces: (request) => {
      const read = readSpans(request)
      const { traces, added } = this.#spans.write(read.records)
      const runs = this.#runs.writeSpans(added)
      return kept(read, { traces, spans: read.records.length, runs })
    },
    metrics: (request) => {
      const read = readPoints(request)
      this.#metrics.write(read.records)
      const runs = this.#runs.writePoints(read.records)
      return kept(read, { points: read.records.length, runs })
    },
    logs: (request) => {
      const read = readLogs(request)
      this.#logs.write(read.records)
      const runs = this.#runs.writeLogs(read.records)
      return kept(read, { logs: read.records.length, runs })
    },
  }

  /** Does work of which all or nothing is kept. */
  inTransaction<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.#database.exec('COMMIT')
      return result
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      this.forget()
      throw error
    }
  }

  /** To be called where rows may be gone. */
  forget(): void {
    this.#origins.forget()
    this.#metrics.forget()
  }
}

function kept({ rejected, reason }: Read<unknown>, changes: Partial<Changes>): Outcome {
  return {
    kind: 'kept',
    rejection: rejected > 0 ? { count: rejected, reason } : undefined,
    changes: { ...NOTHING, ...changes, rejected },
  }
}

function decode({ signal, encoding, body }: Delivery): Message {
  return encoding === 'json' ? decodeJson(body) : decodeProtobuf(signal, body)
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
