import { type Attributes, type MeterProvider, metrics } from '@opentelemetry/api'
import { names } from './attributes.ts'
import type { Usage } from './genai.ts'
import type { Metric } from './metrics.ts'
import {
  cacheReadTokens,
  cacheWriteTokens,
  cost,
  inputTokens,
  outputTokens,
  reasoningTokens,
  unpricedCalls,
} from './metrics.ts'
import type { Bill, Unpriced } from './prices/bill.ts'
import { SCOPE } from './scope.ts'
import type { Series } from './series.ts'

/** What a call adds to the counters. */
interface Counted extends Bill {
  readonly usage: Usage | undefined
}

/** A sum: its metric, the attributes that it has beside those of its series, and what a call adds. */
type Count = readonly [Metric, Attributes, of: (call: Counted) => number | undefined]

const tokens = (
  metric: Metric,
  modality: string,
  of: (usage: Usage) => number | undefined,
): Count => [metric, { [names.tokenModality]: modality }, ({ usage }) => usage && of(usage)]

const unpriced = (reason: Unpriced): Count => [
  unpricedCalls,
  { [names.unpricedReason]: reason },
  (call) => (call.unpriced === reason ? 1 : undefined),
]

// Providers split off audio and images at most: the rest may be text, or all of it.
const COUNTS: readonly Count[] = [
  tokens(
    inputTokens,
    'unknown',
    ({ input, audioInput = 0, imageInput = 0 }) => input && input - audioInput - imageInput,
  ),
  tokens(inputTokens, 'audio', ({ audioInput }) => audioInput),
  tokens(inputTokens, 'image', ({ imageInput }) => imageInput),
  tokens(
    outputTokens,
    'unknown',
    ({ output, audioOutput = 0, imageOutput = 0 }) => output && output - audioOutput - imageOutput,
  ),
  tokens(outputTokens, 'audio', ({ audioOutput }) => audioOutput),
  tokens(outputTokens, 'image', ({ imageOutput }) => imageOutput),
  tokens(cacheReadTokens, 'unknown', ({ cacheRead }) => cacheRead),
  tokens(cacheWriteTokens, 'unknown', ({ cacheWrite }) => cacheWrite),
  tokens(reasoningTokens, 'unknown', ({ reasoning }) => reasoning),
  [cost, {}, (call) => call.cost?.amount],
  unpriced('no_usage'),
  unpriced('unknown_price'),
  unpriced('unknown_service_tier'),
]

/** Sums by series, in the order of `COUNTS`. */
type Totals = Map<Series, number[]>

let provider: MeterProvider | undefined
let totals: Totals = new Map()

/**
 * Adds a call to the counters. The sums are kept here and read when metrics are exported: five
 * synchronous counters would cost as much as the call's span.
 */
export function countCall(series: Series, call: Counted): void {
  const current = metrics.getMeterProvider()
  if (current !== provider) {
    provider = current
    // an instrument belongs to its provider for ever, and so does what was counted for it
    totals = new Map()
    register(current, totals)
  }
  const sums = totals.get(series) ?? COUNTS.map(() => 0)
  totals.set(series, sums)
  COUNTS.forEach(([, , of], index) => {
    const count = of(call)
    if (count) sums[index] = (sums[index] ?? 0) + count
  })
}

function register(to: MeterProvider, counted: Totals): void {
  const meter = to.getMeter(SCOPE.name, SCOPE.version)
  const counters = new Map(
    [...new Set(COUNTS.map(([metric]) => metric))].map((metric) => {
      const { name, unit, description } = metric
      return [metric, meter.createObservableCounter(name, { unit, description })]
    }),
  )
  meter.addBatchObservableCallback(
    (result) => {
      for (const [{ attributes }, sums] of counted) {
        COUNTS.forEach(([metric, own], index) => {
          const counter = counters.get(metric)
          const total = sums[index]
          if (!counter || !total) return
          result.observe(counter, total, { ...attributes, ...own })
        })
      }
    },
    [...counters.values()],
  )
}
