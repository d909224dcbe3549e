/**
 * `@llmscope/sdk` for runtimes without Node.js's modules: Next.js's and Vercel's Edge, Cloudflare's workerd. A
 * file beside this one stands for that of the same path in the SDK.
 */
import { abandonAll } from '../calls/open-calls.ts'
import { flush } from '../delivery/flush.ts'
import { guard } from '../guard.ts'
import { configure, type Options } from '../options.ts'
import type { Started } from '../start.ts'

export { withContext } from '../context/call-context.ts'
export { instrument } from '../calls/instrument.ts'
export { agent, embedding, retrieval, tool, workflow } from '../operations/operations.ts'
export { score } from '../operations/score.ts'
export { requestHandler } from '../delivery/serverless.ts'
export { flush } from '../delivery/flush.ts'
export type { Options } from '../options.ts'
export type { Started } from '../start.ts'

/**
 * Takes options. No hook sees modules here: call `instrument(client)`; and no OpenTelemetry SDK is started: spans go
 * to the application's.
 *
 * @throws TypeError on a wrong option.
 */
export function start(options: Options = {}): Started {
  configure(options)
  return {
    shutdown: (limits) => {
      guard('abandoned', abandonAll)
      return flush(limits)
    },
  }
}
