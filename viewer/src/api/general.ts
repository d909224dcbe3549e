import type { TraceSummary } from './traces.ts'

/** A value of an attribute. An int64 that a number cannot hold is its digits, bytes are base64. */
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue }

export type Attributes = Readonly<Record<string, AttributeValue>>

/** Any answer of status 4xx or 5xx. */
export interface Failure {
  readonly error: string
}

/** `GET /data/status`. */
export interface Status {
  readonly version: string
  readonly started: number
  /** The addresses at which it listens; `otlpGrpc` only where that was asked for. */
  readonly listens: {
    readonly page: string
    readonly otlpHttp: string
    readonly otlpGrpc?: string
  }
  readonly storage: {
    /** Left out where everything is kept in memory. */
    readonly file?: string
    readonly bytes: number
    readonly traces: number
    readonly spans: number
    readonly points: number
    readonly logs: number
    /** What is kept at most; the oldest goes first. Rows are of spans, points and logs, each. */
    readonly limits: { readonly bytes: number; readonly rows: number; readonly age: number }
  }
  /** Since this process started. */
  readonly received: {
    readonly spans: number
    readonly points: number
    readonly logs: number
    /** Records that could not be kept, as their senders were told. */
    readonly rejected: number
  }
}

/**
 * `GET /data/live`, server-sent events. Event `traces` has summaries of what is new or has changed since the one before
 * (at most twice a second, at most 100 a time, the newest); event `changed` tells that other data has arrived.
 */
export interface LiveTraces {
  readonly traces: readonly TraceSummary[]
}

export interface LiveChange {
  readonly metrics: boolean
  readonly logs: boolean
  readonly runs: boolean
}
