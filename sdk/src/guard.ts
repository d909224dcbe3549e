import { diag } from '@opentelemetry/api'
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
    report(site, error)
    return undefined
  }
}

function report(site: string, error: unknown): void {
  try {
    diag.error(`llmscope: telemetry fault in ${site}`, error)
    measure(telemetryFaults, 1, { 'llmscope.fault.site': site })
  } catch {
    // a logger or a meter that throws is the last thing that may reach the application
  }
}
