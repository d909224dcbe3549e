/**
 * `node --import @llmscope/sdk/register app.js`: instruments the application's LLM clients, and sends
 * what they do to where the standard `OTEL_*` variables say.
 */
import { reportNothing } from './report.ts'
import { shutdown, startLater } from './start.ts'

try {
  await startLater()
} catch (error) {
  // the application runs in any case
  process.emitWarning(`llmscope could not start: ${String(error)}`, 'LlmscopeWarning')
}

process.once('beforeExit', () => {
  reportNothing()
  void shutdown()
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    // an application that listens ends in its own way; one that does not ends as the signal would have it
    const alone = process.listenerCount(signal) === 0
    void shutdown().then(() => {
      if (alone) process.kill(process.pid, signal)
    })
  })
}
