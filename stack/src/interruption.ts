import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Aborts at the first SIGINT, SIGTERM or SIGHUP, and has the process end with that signal's exit
 * code. Later ones are ignored, so that nothing interrupts the stop.
 */
export function interruption(): AbortSignal {
  const interrupted = new AbortController()
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (interrupted.signal.aborted) return
      process.exitCode = 128 + constants.signals[signal]
      interrupted.abort()
    })
  }
  return interrupted.signal
}
