import { emitWarning } from '#platform'
import { diag } from '@opentelemetry/api'

/** Far more than there are things to warn of, unless the words of a warning are somebody else's. */
const MOST_WARNINGS = 1000

const WARNING = 'LlmscopeWarning'

const warned = new Set<string>()

/** Warns whoever runs the application; of the same thing once. */
export function warn(message: string): void {
  if (warned.has(message) || warned.size >= MOST_WARNINGS) return
  warned.add(message)
  emitWarning(`llmscope: ${message}`, WARNING)
}

/** As `warn`, for a process that exits: before it is too late for the next tick. */
export function warnAtOnce(message: string): void {
  process.emit('warning', Object.assign(new Error(`llmscope: ${message}`), { name: WARNING }))
}

/** Logs through `diag`. Its logger is the application's: what that throws goes no further. */
export function log(
  level: 'debug' | 'info' | 'error',
  message: string,
  ...details: unknown[]
): void {
  try {
    diag[level](`llmscope: ${message}`, ...details)
  } catch {
    // there is nobody left to tell
  }
}
