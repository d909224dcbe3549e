import * as api from '@opentelemetry/api'
import { SCOPE } from './scope.ts'

export interface Event {
  readonly name: string
  readonly severityNumber: number
  readonly attributes: api.Attributes
  /** Holds the span that the event belongs to; the active context where none is given. */
  readonly context?: api.Context
  /** When it happened; now where none is given. */
  readonly timestamp?: api.TimeInput
}

/** Severity numbers of the log data model. */
export const Severity = { DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17 } as const

// `@opentelemetry/api` has logs since 1.10; with an older one there is nobody to hear an event.
const logs: typeof api.logs | undefined = (api as Partial<typeof api>).logs

/** Emits a log record that has a name and attributes and no body. */
export function emitEvent({ name, severityNumber, attributes, context, timestamp }: Event): void {
  logs?.getLogger(SCOPE.name, SCOPE.version).emit({
    eventName: name,
    severityNumber,
    attributes,
    context: context ?? api.context.active(),
    ...(timestamp !== undefined && { timestamp }),
  })
}
