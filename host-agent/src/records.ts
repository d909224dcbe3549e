import { type HrTime, SeverityNumber } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { Happening } from './collector.ts'
import { SCOPE } from './scope.ts'
import { hrTime } from './time.ts'

const SEVERITY: Readonly<Record<Happening['severity'], SeverityNumber>> = {
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  fatal: SeverityNumber.FATAL,
}

/** What happened, as the log record that is sent. */
export function record(
  { event, severity, body, attributes }: Happening,
  resource: Resource,
  now: number,
): ReadableLogRecord {
  const time: HrTime = hrTime(now)
  return {
    hrTime: time,
    hrTimeObserved: time,
    severityNumber: SEVERITY[severity],
    severityText: severity.toUpperCase(),
    eventName: event,
    body,
    attributes,
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
  }
}
