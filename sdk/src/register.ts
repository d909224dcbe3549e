/**
 * `node --import @llmscope/sdk/register app.js`: instruments the application's LLM clients, and sends
 * what they do to where the standard `OTEL_*` variables say.
 */
import { warn } from './log.ts'
import { reportNothing } from './report.ts'
import { flush, shutdown, startLater } from './start.ts'

/** When an application must have loaded its LLM clients, in milliseconds, lest it be told of it. */
const LOADED = 10_000

/** How long a signal may wait for the last telemetry, in milliseconds. */
const DEADLINE = 5000

try {
  startLater()
} catch (error) {
  // the application runs in any case
  warn(`could not start: ${String(error)}`)
}

setTimeout(reportNothing, LOADED).unref()

process.once('beforeExit', () => {
  reportNothing()
  void shutdown()
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    // an application that listens ends in its own way; one that does not ends as the signal would have it
    if (process.listenerCount(signal) > 0) void flush()
    else end(signal)
  })
}

function end(signal: NodeJS.Signals): void {
  const die = (): boolean => process.kill(process.pid, signal)
  setTimeout(die, DEADLINE).unref()
  void shutdown().then(die)
}
