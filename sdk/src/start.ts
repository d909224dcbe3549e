import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as reportOutput from './doctor/report-output.ts'
import { decideAtFirstSpan } from './first-span.ts'
import { watchExit } from './delivery/exit.ts'
import type { Flushed, FlushOptions } from './delivery/flush.ts'
import { guard } from './guard.ts'
import { here, requireHere } from './here.ts'
import { installHooks } from './calls/hooks.ts'
import { shutdown, startSdk } from './delivery/node-sdk.ts'
import { warn } from './log.ts'
import { configure, type Options, settings } from './options.ts'
import { decideLater, ensureStarted } from './started.ts'

/** What `start` gives back. */
export interface Started {
  /**
   * Ends what is open, sends what is waiting, and ends the OpenTelemetry SDK where it is ours. Never
   * rejects, and resolves at the deadline at the latest.
   */
  shutdown(options?: FlushOptions): Promise<Flushed>
}

/**
 * How long an application may take to start an SDK of its own, in milliseconds. At `--import` time
 * there never is one, and a provider that is registered first stays for ever.
 */
const PATIENCE = 1000

/**
 * Instruments every LLM client that is loaded from now on, and sends what they do to where the
 * standard `OTEL_*` variables say. An OpenTelemetry SDK that the application has started is used as
 * it is.
 *
 * @throws TypeError on a wrong option.
 */
export function start(options: Options = {}): Started {
  configure(options)
  attempt(installHooks)
  attempt(startSdk)
  attempt(watchExit)
  reportLater()
  return { shutdown }
}

/** As `start`, but leaves the application time for an SDK of its own: until the first span, its or ours. */
export function startLater(): void {
  attempt(installHooks)
  attempt(() => {
    decideLater(startSdk)
    decideAtFirstSpan()
    setTimeout(() => guard('start', ensureStarted), PATIENCE).unref()
  })
  attempt(watchExit)
  reportLater()
}

/** Whatever fails of it, the application runs, and is told. */
function attempt(part: () => void): void {
  try {
    part()
  } catch (error) {
    guard('start', () => warn(`could not start: ${String(error)}`))
  }
}

/** Has the start-up report written, if it is asked for. */
function reportLater(): void {
  guard('report', () => {
    if (settings().report === false) return
    // loaded only then, and at once: an application may end before an import is done
    const output = new URL(`./doctor/report-output${extname(here)}`, here)
    const { writeReportLater } = requireHere(fileURLToPath(output)) as typeof reportOutput
    writeReportLater()
  })
}
