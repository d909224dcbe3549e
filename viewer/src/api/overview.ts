import type { Percentiles } from './metrics.ts'
import type { Tokens } from './traces.ts'

/** Calls of models: inference spans. */
export interface CallTotals {
  readonly calls: number
  readonly errors: number
  /** Of the calls' durations; left out where there are none. */
  readonly latency?: Percentiles
  /** Of the time to the first chunk, where calls streamed. */
  readonly firstChunk?: Percentiles
  readonly tokens: Tokens
  readonly cost?: number
}

export interface ModelTotals extends CallTotals {
  readonly model: string
  readonly provider: string
}

export interface OverviewStep extends CallTotals {
  /** Start of the step. */
  readonly time: number
}

/**
 * `GET /data/overview`. Query: `from` (an hour ago), `to` (now), `step` (chosen for about 100 steps), `service`,
 * `model`, `provider`. Steps without calls are there too.
 */
export interface Overview {
  readonly from: number
  readonly to: number
  readonly step: number
  readonly total: CallTotals
  readonly steps: readonly OverviewStep[]
  /** Most calls first. */
  readonly models: readonly ModelTotals[]
  /** Calls with an error by its `error.type`, most frequent first. */
  readonly errors: ReadonlyArray<{ readonly type: string; readonly calls: number }>
}
