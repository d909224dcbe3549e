import { type MeterProvider, metrics } from '@opentelemetry/api'
import { names } from './attributes.ts'
import type { Usage } from './genai.ts'
import type { Metric } from './metrics.ts'
import {
  cacheReadTokens,
  cacheWriteTokens,
  inputTokens,
  outputTokens,
  reasoningTokens,
} from './metrics.ts'
import { SCOPE } from './scope.ts'
import type { Series } from './series.ts'

type Count = readonly [Metric, modality: string, tokens: (usage: Usage) => number | undefined]

// Providers split off audio and images at most: the rest may be text, or all of it.
const COUNTS: readonly Count[] = [
  [
    inputTokens,
    'unknown',
    ({ input, audioInput = 0, imageInput = 0 }) => input && input - audioInput - imageInput,
  ],
  [inputTokens, 'audio', ({ audioInput }) => audioInput],
  [inputTokens, 'image', ({ imageInput }) => imageInput],
  [
    outputTokens,
    'unknown',
    ({ output, audioOutput = 0, imageOutput = 0 }) => output && output - audioOutput - imageOutput,
  ],
  [outputTokens, 'audio', ({ audioOutput }) => audioOutput],
  [outputTokens, 'image', ({ imageOutput }) => imageOutput],
  [cacheReadTokens, 'unknown', ({ cacheRead }) => cacheRead],
  [cacheWriteTokens, 'unknown', ({ cacheWrite }) => cacheWrite],
  [reasoningTokens, 'unknown', ({ reasoning }) => reasoning],
]

/** Tokens by series, in the order of `COUNTS`. */
type Totals = Map<Series, number[]>

let provider: MeterProvider | undefined
let totals: Totals = new Map()

/**
 * Adds a call's tokens to the counters. The sums are kept here and read when metrics are exported:
 * five synchronous counters would cost as much as the call's span.
 */
export function countTokens(series: Series, usage: Usage): void {
  const current = metrics.getMeterProvider()
  if (current !== provider) {
    provider = current
    // an instrument belongs to its provider for ever, and so does what was counted for it
    totals = new Map()
    register(current, totals)
  }
  const sums = totals.get(series) ?? COUNTS.map(() => 0)
  totals.set(series, sums)
  COUNTS.forEach(([, , tokensOf], index) => {
    const tokens = tokensOf(usage)
    if (tokens) sums[index] = (sums[index] ?? 0) + tokens
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
        COUNTS.forEach(([metric, modality], index) => {
          const counter = counters.get(metric)
          const total = sums[index]
          if (!counter || !total) return
          result.observe(counter, total, { ...attributes, [names.tokenModality]: modality })
        })
      }
    },
    [...counters.values()],
  )
}
