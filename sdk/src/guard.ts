import { log } from './log.ts'
import { measure } from './measure.ts'
import { telemetryFaults } from './metrics.ts'

/**
 * Runs telemetry code. A fault is counted and logged through `diag`, and becomes `undefined`:
 * it never reaches the application. `site` names the place in messages and in the counter.
 */
export function guard<T>(site: string, telemetry: () => T): T | undefined {
  try {
    return telemetry()
  } catch (error) {
    fault(site, error)
    return undefined
  }
}

/** Counts and logs a fault that came later than `guard` could see, in work that nobody waits for. */
export function fault(site: string, error: unknown): void {
  try {
    log('error', `telemetry fault in ${site}`, error)
    measure(telemetryFaults, 1, { 'llmscope.fault.site': site })
  } catch {
    // a meter that throws is no news: that may be the very fault
  }
}
