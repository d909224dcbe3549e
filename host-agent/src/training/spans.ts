import { createHash, randomBytes } from 'node:crypto'
import {
  type Attributes,
  type Link,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
} from '@opentelemetry/api'
import { hrTime } from '../time.ts'
import type { Outlet } from './outlet.ts'

/** From when to when something was, in milliseconds since 1970. */
export interface Period {
  readonly start: number
  readonly end: number
}

/** A span of a run, which is over. */
export interface RunSpan extends Period {
  readonly name: string
  readonly attributes: Attributes
  readonly context?: SpanContext
  readonly links?: readonly SpanContext[]
  readonly failed?: boolean
}

type Span = Parameters<Outlet['span']>[0]

/** The span as it is sent; each is the root of a trace of its own, as those of a loop. */
export function spanOf(span: RunSpan): Span {
  const { name, attributes, links = [], failed = false, context = newContext() } = span
  const start = Math.min(span.start, span.end)
  return {
    name,
    kind: SpanKind.INTERNAL,
    spanContext: () => context,
    startTime: hrTime(start),
    endTime: hrTime(span.end),
    duration: hrTime(span.end - start),
    status: { code: failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes,
    links: links.map((each): Link => ({ context: each })),
    events: [],
    ended: true,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

/** The span that starts a run: the same for whoever reads the run again, so that all links to it hold. */
export function startContext(runId: string): SpanContext {
  const hex = createHash('sha256').update(runId).digest('hex')
  return { traceId: hex.slice(0, 32), spanId: hex.slice(32, 48), traceFlags: TraceFlags.SAMPLED }
}

export function newContext(): SpanContext {
  const hex = randomBytes(24).toString('hex')
  return { traceId: hex.slice(0, 32), spanId: hex.slice(32), traceFlags: TraceFlags.SAMPLED }
}
