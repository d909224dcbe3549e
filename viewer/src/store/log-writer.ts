import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { EVALUATION, EVENTS, GEN_AI } from '../names.ts'
import type { ReadLog } from '../otlp/logs.ts'
import { finite, word } from './facts.ts'
import type { Origins } from './origins.ts'
import { logText } from './search-text.ts'

const INSERT_LOG = `
INSERT INTO logs (time, observed, severity, severity_text, event, service, trace_id, span_id, resource, scope, detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const INSERT_SCORE = `
INSERT INTO scores (log, time, name, value, label, explanation, trace_id, span_id, response_id, conversation)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Writes log records, and the scores among them. */
export class LogWriter {
  readonly #origins: Origins
  readonly #insertLog: StatementSync
  readonly #insertText: StatementSync
  readonly #insertScore: StatementSync

  constructor(database: DatabaseSync, origins: Origins) {
    this.#origins = origins
    this.#insertLog = database.prepare(INSERT_LOG)
    this.#insertText = database.prepare('INSERT INTO log_text (rowid, text) VALUES (?, ?)')
    this.#insertScore = database.prepare(INSERT_SCORE)
  }

  write(logs: readonly ReadLog[]): void {
    for (const log of logs) {
      const { detail } = log
      const { lastInsertRowid } = this.#insertLog.run(
        timeOf(log),
        log.observed,
        log.severity,
        log.severityText,
        log.event,
        log.resource.service,
        log.traceId,
        log.spanId,
        this.#origins.resource(log.resource),
        this.#origins.scope(log.scope),
        JSON.stringify(detail),
      )
      this.#insertText.run(lastInsertRowid, logText(log.event, detail.body, detail.attributes))
      if (log.event === EVENTS.score) this.#writeScore(lastInsertRowid, log)
    }
  }

  #writeScore(row: number | bigint, log: ReadLog): void {
    const { attributes } = log.detail
    this.#insertScore.run(
      row,
      timeOf(log),
      word(attributes[EVALUATION.name]) ?? '',
      finite(attributes[EVALUATION.value]) ?? null,
      word(attributes[EVALUATION.label]) ?? null,
      word(attributes[EVALUATION.explanation], 65_536) ?? null,
      log.traceId,
      log.spanId,
      word(attributes[GEN_AI.responseId]) ?? null,
      word(attributes[GEN_AI.conversation]) ?? null,
    )
  }
}

/** When a record was made, or seen first where that is not told. */
export function timeOf({ time, observed }: ReadLog): bigint {
  return time === 0n ? observed : time
}
