import { count, id, message, messages, nanoseconds, number, text } from './fields.ts'
import type { Message } from './messages.ts'
import type { Origin } from './origin.ts'
import { type Read, readWithin } from './read.ts'
import { readAttributes, type StoredAttributes } from './values.ts'

/** What of a span has no column of its own. */
export interface SpanDetail {
  readonly attributes: StoredAttributes
  readonly statusMessage?: string
  readonly events?: readonly StoredEvent[]
  readonly links?: readonly StoredLink[]
  readonly traceState?: string
  readonly flags?: number
  readonly dropped?: Dropped
}

/** What was left out, by the sender or by us. */
export interface Dropped {
  readonly attributes?: number
  readonly events?: number
  readonly links?: number
}

export interface StoredEvent {
  readonly name: string
  /** Digits of the nanoseconds. */
  readonly time: string
  readonly attributes: StoredAttributes
  readonly dropped?: number
}

export interface StoredLink {
  readonly traceId: string
  readonly spanId: string
  readonly attributes: StoredAttributes
  readonly traceState?: string
  readonly flags?: number
  readonly dropped?: number
}

/** A span that was received. */
export interface ReadSpan {
  readonly traceId: string
  readonly id: string
  /** '' where it has none. */
  readonly parentId: string
  readonly name: string
  readonly kind: number
  readonly start: bigint
  readonly end: bigint
  readonly status: number
  readonly detail: SpanDetail
  readonly resource: Origin
  readonly scope: string
}

const MAX_EVENTS = 1024
const MAX_LINKS = 1024

const FIELDS = { resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' }

/** The spans of a request; one without a trace id or an id of its own is rejected. */
export function readSpans(request: Message): Read<ReadSpan> {
  return {
    ...readWithin(request, FIELDS, readSpan),
    reason: 'Spans without a valid trace id and span id.',
  }
}

function readSpan(span: Message, resource: Origin, scope: string): ReadSpan | undefined {
  const traceId = id(span['traceId'], 16)
  const spanId = id(span['spanId'], 8)
  if (traceId === '' || spanId === '') return undefined
  const status = message(span['status'])
  const kind = number(span['kind'])
  const code = number(status['code'])
  return {
    traceId,
    id: spanId,
    parentId: id(span['parentSpanId'], 8),
    name: text(span['name']),
    kind: kind >= 1 && kind <= 5 ? Math.trunc(kind) : 0,
    start: nanoseconds(span['startTimeUnixNano']),
    end: nanoseconds(span['endTimeUnixNano']),
    status: code === 1 || code === 2 ? code : 0,
    detail: readDetail(span, text(status['message'])),
    resource,
    scope,
  }
}

function readDetail(span: Message, statusMessage: string): SpanDetail {
  const { attributes, dropped } = readAttributes(span['attributes'])
  const events = messages(span['events'])
  const links = messages(span['links'])
  const traceState = text(span['traceState'])
  const flags = count(span['flags'])
  const left: Dropped = {
    ...some('attributes', dropped + count(span['droppedAttributesCount'])),
    ...some('events', beyond(events, MAX_EVENTS) + count(span['droppedEventsCount'])),
    ...some('links', beyond(links, MAX_LINKS) + count(span['droppedLinksCount'])),
  }
  return {
    attributes,
    ...(statusMessage && { statusMessage }),
    ...(events.length > 0 && { events: events.slice(0, MAX_EVENTS).map(readEvent) }),
    ...(links.length > 0 && { links: links.slice(0, MAX_LINKS).map(readLink) }),
    ...(traceState && { traceState }),
    ...(flags && { flags }),
    ...(Object.keys(left).length > 0 && { dropped: left }),
  }
}

function readEvent(event: Message): StoredEvent {
  const { attributes, dropped } = readAttributes(event['attributes'])
  return {
    name: text(event['name']),
    time: String(nanoseconds(event['timeUnixNano'])),
    attributes,
    ...some('dropped', dropped + count(event['droppedAttributesCount'])),
  }
}

function readLink(link: Message): StoredLink {
  const { attributes, dropped } = readAttributes(link['attributes'])
  const traceState = text(link['traceState'])
  return {
    traceId: id(link['traceId'], 16),
    spanId: id(link['spanId'], 8),
    attributes,
    ...(traceState && { traceState }),
    ...some('flags', count(link['flags'])),
    ...some('dropped', dropped + count(link['droppedAttributesCount'])),
  }
}

function some<Name extends string>(name: Name, value: number): Partial<Record<Name, number>> {
  return value > 0 ? ({ [name]: value } as Record<Name, number>) : {}
}

function beyond(list: readonly unknown[], most: number): number {
  return Math.max(0, list.length - most)
}
