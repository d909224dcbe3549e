import { count, id, message, nanoseconds, number, text } from './fields.ts'
import type { Message } from './messages.ts'
import type { Origin } from './origin.ts'
import { type Read, readWithin } from './read.ts'
import { readAttributes, readValue, type Stored, type StoredAttributes } from './values.ts'

/** What of a log record has no column of its own. */
export interface LogDetail {
  readonly body: Stored
  readonly attributes: StoredAttributes
  readonly flags?: number
  readonly dropped?: number
}

/** A log record that was received; an event where it has a name. */
export interface ReadLog {
  readonly time: bigint
  readonly observed: bigint
  readonly severity: number
  readonly severityText: string
  readonly event: string
  /** '' where it belongs to none. */
  readonly traceId: string
  readonly spanId: string
  readonly detail: LogDetail
  readonly resource: Origin
  readonly scope: string
}

const FIELDS = { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' }

/** How an event was named before records had a field for it. */
const FORMER_EVENT_NAME = 'event.name'

/** The records of a request; none is rejected. */
export function readLogs(request: Message): Read<ReadLog> {
  return { ...readWithin(request, FIELDS, readLog), reason: '' }
}

function readLog(record: Message, resource: Origin, scope: string): ReadLog {
  const { attributes, dropped } = readAttributes(record['attributes'])
  const severity = Math.trunc(number(record['severityNumber']))
  const time = nanoseconds(record['timeUnixNano'])
  const observed = nanoseconds(record['observedTimeUnixNano'])
  const flags = count(record['flags'])
  const left = dropped + count(record['droppedAttributesCount'])
  return {
    time,
    observed,
    severity: severity >= 1 && severity <= 24 ? severity : 0,
    severityText: text(record['severityText']),
    event: text(record['eventName']) || text(attributes[FORMER_EVENT_NAME]),
    traceId: id(record['traceId'], 16),
    spanId: id(record['spanId'], 8),
    detail: {
      body: readValue(message(record['body'])),
      attributes,
      ...(flags > 0 && { flags }),
      ...(left > 0 && { dropped: left }),
    },
    resource,
    scope,
  }
}
