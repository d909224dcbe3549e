import { setTimeout as sleep } from 'node:timers/promises'

const FIRST_MS = 1000
const LONGEST_MS = 30_000

/** The pauses between attempts: each twice as long as the one before, with jitter, until one succeeds. */
export interface Pauses {
  /** Resolves after the next pause; false when it was cut short for good. */
  readonly next: () => Promise<boolean>
  readonly reset: () => void
  /** Cuts short this pause and all later ones. */
  readonly end: () => void
}

export function createPauses(): Pauses {
  const ended = new AbortController()
  let length = FIRST_MS
  return {
    next: async () => {
      // many agents that lost one receiver do not come back at once
      const pause = length * (0.5 + Math.random() / 2)
      length = Math.min(length * 2, LONGEST_MS)
      await sleep(pause, undefined, { signal: ended.signal }).catch(() => undefined)
      return !ended.signal.aborted
    },
    reset: () => {
      length = FIRST_MS
    },
    end: () => ended.abort(),
  }
}
