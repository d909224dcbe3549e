import * as api from '@opentelemetry/api'
import { factsIn } from './context/call-context.ts'
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

/** Emits a log record that has a name and attributes, with the facts of its context, and no body. */
export function emitEvent({ name, severityNumber, attributes, context, timestamp }: Event): void {
  if (!logs) return
  const within = context ?? api.context.active()
  logs.getLogger(SCOPE.name, SCOPE.version).emit({
    eventName: name,
    severityNumber,
    attributes: { ...factsIn(within)?.attributes, ...attributes },
    context: within,
    ...(timestamp !== undefined && { timestamp }),
  })
}
