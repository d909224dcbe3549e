import type { HrTime } from '@opentelemetry/api'

/** The time as OpenTelemetry's SDK writes it; `milliseconds` are since the epoch. */
export function hrTime(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1000)
  return [seconds, Math.round((milliseconds - seconds * 1000) * 1e6)]
}
