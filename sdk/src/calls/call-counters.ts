import { names } from '../attributes.ts'
import type { Emitted } from '../catalogue/emitted.ts'
import type { Usage } from './genai.ts'
import { Kept } from '../kept.ts'
import type { Metric } from '../metrics.ts'
import {
  cacheReadTokens,
  cacheWriteTokens,
  cost,
  inputTokens,
  outputTokens,
  reasoningTokens,
  unpricedCalls,
} from '../metrics.ts'
import type { Bill, Unpriced } from '../prices/bill.ts'
import type { Series } from './series.ts'

/** What a call adds to the counters. */
interface Counted {
  readonly usage: Usage | undefined
  readonly bill: Bill | undefined
}

/** A sum: its metric, the attributes that it has beside those of its series, and what a call adds. */
interface Count {
  readonly metric: Metric
  readonly attributes: Emitted
  readonly of: (call: Counted) => number | undefined
}

const tokens = (
  metric: Metric,
  modality: Emitted['gen_ai.token.modality'],
  of: (usage: Usage) => number | undefined,
): Count => ({
  metric,
  attributes: { [names.tokenModality]: modality },
  of: ({ usage }) => usage && of(usage),
})

const unpriced = (reason: Unpriced): Count => ({
  metric: unpricedCalls,
  attributes: { [names.unpricedReason]: reason },
  of: ({ bill }) => (bill?.unpriced === reason ? 1 : undefined),
})

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
  { metric: cost, attributes: {}, of: ({ bill }) => bill?.cost?.amount },
  unpriced('no_usage'),
  unpriced('unknown_price'),
  unpriced('unknown_service_tier'),
]

const METRICS = [...new Set(COUNTS.map(({ metric }) => metric))]

/** Sums by series, in the order of `COUNTS`. */
const kept = new Kept(
  METRICS,
  () => new Map<Series, number[]>(),
  (totals, observe) => {
    for (const [{ attributes }, sums] of totals) {
      COUNTS.forEach(({ metric, attributes: own }, index) => {
        const total = sums[index]
        if (total) observe(metric, total, { ...attributes, ...own })
      })
    }
  },
)

/** Adds a call to the counters. */
export function countCall(series: Series, call: Counted): void {
  const totals = kept.values
  const sums = totals.get(series) ?? COUNTS.map(() => 0)
  totals.set(series, sums)
  COUNTS.forEach(({ of }, index) => {
    const count = of(call)
    if (count) sums[index] = (sums[index] ?? 0) + count
  })
}
