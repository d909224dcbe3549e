import type { AttributeValue, Attributes } from './general.ts'
import type { Tokens, TraceSummary } from './traces.ts'

/** A score that was given to an answer, by an event `gen_ai.evaluation.result`. */
export interface Score {
  readonly name: string
  readonly value?: number
  readonly label?: string
  readonly explanation?: string
  readonly time: number
  readonly traceId?: string
  readonly spanId?: string
  readonly responseId?: string
}

export interface SessionSummary {
  /** `gen_ai.conversation.id`. */
  readonly id: string
  readonly user?: string
  readonly start: number
  readonly end: number
  readonly traces: number
  readonly errors: number
  readonly tokens: Tokens
  readonly cost?: number
  readonly services: readonly string[]
  readonly models: readonly string[]
  readonly scores: number
}

/** `GET /data/sessions`, newest first. Query: `limit`, `cursor`. */
export interface SessionList {
  readonly sessions: readonly SessionSummary[]
  readonly cursor?: string
}

/** `GET /data/sessions/{id}`: traces in the order of their start. */
export interface SessionDetail {
  readonly session: SessionSummary
  readonly traces: readonly TraceSummary[]
  readonly scores: readonly Score[]
}

export interface LogRecord {
  /** Grows with every record that arrives. */
  readonly id: number
  readonly time: number
  /** 1 to 24 as OpenTelemetry has it; 0 where it is not told. */
  readonly severity: number
  readonly severityText?: string
  /** Of an event. */
  readonly event?: string
  readonly body?: AttributeValue
  readonly service: string
  readonly attributes: Attributes
  readonly traceId?: string
  readonly spanId?: string
}

/**
 * `GET /data/logs`, newest first. Query: `service`, `event` (may be repeated), `minSeverity`, `trace`, `text`, `from`,
 * `to`, `limit` (100; at most 1,000), `cursor`.
 */
export interface LogList {
  readonly logs: readonly LogRecord[]
  readonly cursor?: string
}
