import type { Attributes } from './general.ts'
import type { LogRecord, Score } from './sessions.ts'

/** Tokens, of inference spans only. Input includes cached, output includes reasoning. */
export interface Tokens {
  readonly input: number
  readonly output: number
  readonly cacheRead?: number
  readonly cacheWrite?: number
  readonly reasoning?: number
}

/** One row of the list of traces. */
export interface TraceSummary {
  /** 32 hexadecimal digits. */
  readonly id: string
  /** Name of the root span, or of the earliest span while the root is not there yet. */
  readonly name: string
  /** Service of that span. */
  readonly service: string
  readonly hasRoot: boolean
  readonly start: number
  readonly duration: number
  readonly spans: number
  /** Spans with an error. */
  readonly errors: number
  readonly services: readonly string[]
  readonly models: readonly string[]
  readonly providers: readonly string[]
  /** Values of `gen_ai.operation.name`. */
  readonly operations: readonly string[]
  readonly tokens: Tokens
  readonly cost?: number
  readonly conversation?: string
  readonly user?: string
  readonly scores: number
}

/**
 * `GET /data/traces`, newest first. Query: `service`, `model`, `provider`, `operation` (each may be repeated: any of
 * them), `conversation`, `user`, `errors=true`, `minDuration`, `maxDuration`, `minCost`, `maxCost`, `from`, `to`
 * (of the start), `text` (words that some span must have, the last one may be unfinished; `"…"` for a phrase),
 * `limit` (50; at most 500) and `cursor` (of the answer before).
 */
export interface TraceList {
  readonly traces: readonly TraceSummary[]
  /** Asks for what is older; left out at the end. */
  readonly cursor?: string
}

/** How many traces have a value. */
export interface Facet {
  readonly value: string
  readonly traces: number
}

/** `GET /data/facets`: values to filter traces by, most frequent first, at most 100 each. */
export interface Facets {
  readonly services: readonly Facet[]
  readonly models: readonly Facet[]
  readonly providers: readonly Facet[]
  readonly operations: readonly Facet[]
}

export interface SpanEvent {
  readonly name: string
  readonly time: number
  readonly attributes: Attributes
}

export interface SpanLink {
  readonly traceId: string
  readonly spanId: string
  readonly attributes: Attributes
}

export type SpanKind = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer'

/** What made the telemetry; spans refer to it by its place in `resources`. */
export interface Resource {
  readonly service: string
  readonly attributes: Attributes
}

export interface Scope {
  readonly name: string
  readonly version?: string
  readonly attributes: Attributes
}

export interface Span {
  /** 16 hexadecimal digits. Broken senders use one twice: tell spans apart by `index`. */
  readonly id: string
  /** Its place in `spans`. */
  readonly index: number
  /** As sent; the trace need not have it. */
  readonly parentId?: string
  /**
   * Place in `spans` of the parent to draw it under. Left out for a root: a span without a parent, one whose
   * parent is missing, and one span of each cycle.
   */
  readonly parent?: number
  readonly name: string
  readonly kind: SpanKind
  readonly start: number
  /** At least 0, also where the clock was set back meanwhile. */
  readonly duration: number
  readonly status: 'unset' | 'ok' | 'error'
  readonly statusMessage?: string
  /** Places in `resources` and `scopes` of the trace. */
  readonly resource: number
  readonly scope: number
  readonly attributes: Attributes
  readonly events: readonly SpanEvent[]
  readonly links: readonly SpanLink[]
  /** Attributes, events and links that the sender or the viewer left out. */
  readonly dropped?: {
    readonly attributes?: number
    readonly events?: number
    readonly links?: number
  }
}

/** `GET /data/traces/{id}`: spans by their start. 404 where there is none; the id may be of any case. */
export interface TraceDetail {
  readonly summary: TraceSummary
  readonly resources: readonly Resource[]
  readonly scopes: readonly Scope[]
  readonly spans: readonly Span[]
  readonly scores: readonly Score[]
  /** Events and logs of the trace; scores are among them too. */
  readonly logs: readonly LogRecord[]
}
