import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { ReadSpan } from '../otlp/spans.ts'
import type { Call, Facts } from './facts.ts'

const INSERT_CALL = `
INSERT INTO calls (id, start, duration, service, model, provider, operation, error, input, output, cache_read,
  cache_write, reasoning, cost, first_chunk)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Writes a row for each call of a model, which the overview reads. */
export class CallWriter {
  readonly #insert: StatementSync

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(INSERT_CALL)
  }

  write(id: number | bigint, span: ReadSpan, facts: Facts, call: Call): void {
    this.#insert.run(
      id,
      span.start,
      Math.max(0, Number(span.end - span.start) / 1e6),
      span.resource.service,
      facts.model ?? '',
      facts.provider ?? '',
      facts.operation ?? '',
      call.errorType ?? null,
      call.input,
      call.output,
      call.cacheRead ?? null,
      call.cacheWrite ?? null,
      call.reasoning ?? null,
      call.cost ?? null,
      call.firstChunk ?? null,
    )
  }
}
