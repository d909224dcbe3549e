/**
 * `node --import @llmscope/sdk/register app.js`: instruments the application's LLM clients, and sends
 * what they do to where the standard `OTEL_*` variables say.
 */
import { warn } from './log.ts'
import { reportNothing } from './report.ts'
import { startLater } from './start.ts'

/** When an application must have loaded its LLM clients, in milliseconds, lest it be told of it. */
const LOADED = 10_000

try {
  startLater()
} catch (error) {
  // the application runs in any case
  warn(`could not start: ${String(error)}`)
}

setTimeout(reportNothing, LOADED).unref()

process.once('beforeExit', reportNothing)
