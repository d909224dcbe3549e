/**
 * `node --import @llmscope/sdk/register app.js`: instruments the application's LLM clients, and sends
 * what they do to where the standard `OTEL_*` variables say.
 */
import { guard } from './guard.ts'
import { reportNothing } from './report.ts'
import { startLater } from './start.ts'

/** When an application must have loaded its LLM clients, in milliseconds, lest it be told of it. */
const LOADED = 10_000

startLater()

const tell = (): unknown => guard('report', reportNothing)

setTimeout(tell, LOADED).unref()

process.once('beforeExit', tell)
