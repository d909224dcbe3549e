import type { DatabaseSync } from 'node:sqlite'
import { decodeJson, decodeProtobuf, type Message } from '../otlp/messages.ts'
import { readSpans } from '../otlp/spans.ts'
import { Origins } from '../store/origins.ts'
import { SpanWriter } from '../store/span-writer.ts'
import type { Changes, Delivery, Outcome } from './exchange.ts'

const NOTHING: Changes = { traces: [], spans: 0, points: 0, logs: 0, runs: false }

/** Turns deliveries into rows, each in one transaction. */
export class Writer {
  readonly #database: DatabaseSync
  readonly #origins: Origins
  readonly #spans: SpanWriter

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#origins = new Origins(database)
    this.#spans = new SpanWriter(database, this.#origins)
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
      return this.#inTransaction(() => this.#keep(delivery, request))
    } catch (error) {
      return { kind: 'failed', reason: words(error) }
    }
  }

  #keep({ signal }: Delivery, request: Message): Outcome {
    if (signal !== 'traces') return { kind: 'malformed', reason: `${signal} are not kept.` }
    const { records, rejected, reason } = readSpans(request)
    const traces = this.#spans.write(records)
    return {
      kind: 'kept',
      rejection: rejected > 0 ? { count: rejected, reason } : undefined,
      changes: { ...NOTHING, traces, spans: records.length },
    }
  }

  #inTransaction(work: () => Outcome): Outcome {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const outcome = work()
      this.#database.exec('COMMIT')
      return outcome
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      this.#origins.forget()
      throw error
    }
  }
}

function decode({ signal, encoding, body }: Delivery): Message {
  return encoding === 'json' ? decodeJson(body) : decodeProtobuf(signal, body)
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
