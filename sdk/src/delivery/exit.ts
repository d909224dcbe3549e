import { flush } from './flush.ts'
import { handOver } from './hand-over.ts'
import { guard } from '../guard.ts'
import { warnAtOnce } from '../log.ts'
import { ownSdk, shutdown } from './node-sdk.ts'
import { abandonAll } from '../calls/open-calls.ts'
import { settings } from '../options.ts'

let watching = false
let isOver = false

/** Sees to it that the last telemetry is sent, however the process ends, and delays that no longer than allowed. */
export function watchExit(): void {
  if (watching) return
  watching = true
  process.prependListener('beforeExit', () => guard('exit', endWithoutWork))
  process.on('exit', () => guard('exit', endAtOnce))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // an application that listens ends in its own way; one that does not ends as the signal would have it
      if (process.listenerCount(signal) > 0) {
        guard('exit', () => void flush())
        return
      }
      const kill = (): unknown => setImmediate(() => process.kill(process.pid, signal))
      const ended = guard('exit', shutdown) ?? Promise.resolve()
      void ended.then(kill, kill)
    })
  }
}

/** Nothing is left to do: the event loop may turn on for what we send, and for nothing else. */
function endWithoutWork(): void {
  if (isOver) return
  if (!ownSdk()) return abandonAll()
  const idle = process.getActiveResourcesInfo().length
  // first the application's own listeners: if they begin something, this is not the end
  setImmediate(() =>
    guard('exit', () => {
      if (isOver || process.getActiveResourcesInfo().length > idle) return
      isOver = true
      void shutdown()
      setTimeout(setImmediate, settings().exitTimeout, () => process.exit()).unref()
    }),
  )
}

/** The event loop does not turn any more: `process.exit()`, or an error that nobody caught. */
function endAtOnce(): void {
  const sdk = ownSdk()
  if (!sdk) return
  const { exitTimeout } = settings()
  guard('exit', abandonAll)
  const sent = guard('exit', () => handOver(sdk, exitTimeout))
  if (sent) return
  warnAtOnce(
    `the last telemetry could not be sent in the ${exitTimeout} ms that an exit may take; ` +
      'an application that is bundled has to await flush() before it exits',
  )
}
