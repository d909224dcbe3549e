import { Absent } from '../absent.ts'

const AFTER_FAILURE_MS = [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]
const AFTER_ABSENCE_MS = 60_000
const AFTER_STALL_MS = [60_000, 120_000, 300_000, 600_000]

/** How long to leave a driver alone that has failed. */
export interface BackOff {
  /** @throws Error that says why and for how long, or Absent, while the time is not over. */
  readonly check: () => void
  /** There was nothing to ask. */
  readonly absent: (reason: string) => void
  readonly failed: (reason: string) => void
  /** It did not answer at all, which wants more time. */
  readonly stalled: (reason: string) => void
  readonly succeeded: () => void
}

/** The times grow with each failure, and begin anew after a success. */
export function createBackOff(): BackOff {
  let failures = 0
  let until = 0
  let because: ((seconds: number) => Error) | undefined
  const wait = (times: readonly number[], reason: string): void => {
    until = performance.now() + (times[Math.min(failures, times.length - 1)] ?? 0)
    failures += 1
    because = (seconds) => new Error(`${reason}; it is tried again in ${seconds} s`)
  }
  return {
    check: () => {
      const seconds = Math.ceil((until - performance.now()) / 1000)
      if (seconds > 0 && because) throw because(seconds)
    },
    absent: (reason) => {
      until = performance.now() + AFTER_ABSENCE_MS
      because = () => new Absent(reason)
    },
    failed: (reason) => wait(AFTER_FAILURE_MS, reason),
    stalled: (reason) => wait(AFTER_STALL_MS, reason),
    succeeded: () => {
      failures = 0
      until = 0
    },
  }
}
