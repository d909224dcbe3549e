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
import { allSeries, type Series } from './series.ts'

const COUNTERS: ReadonlyArray<readonly [Metric, keyof Usage]> = [
  [inputTokens, 'input'],
  [outputTokens, 'output'],
  [cacheReadTokens, 'cacheRead'],
  [cacheWriteTokens, 'cacheWrite'],
  [reasoningTokens, 'reasoning'],
]

let provider: MeterProvider | undefined

/**
 * Adds a call's tokens to the counters. The sums are kept here and read when metrics are exported:
 * five synchronous counters would cost as much as the call's span.
 */
export function countTokens({ totals }: Series, usage: Usage): void {
  register()
  COUNTERS.forEach(([, key], index) => {
    totals[index] = (totals[index] ?? 0) + (usage[key] ?? 0)
  })
}

// As in `measure.ts`: an instrument belongs to the provider that was global when it was made.
function register(): void {
  const current = metrics.getMeterProvider()
  if (current === provider) return
  provider = current
  const meter = current.getMeter(SCOPE.name, SCOPE.version)
  const counters = COUNTERS.map(([{ name, unit, description }]) =>
    meter.createObservableCounter(name, { unit, description }),
  )
  meter.addBatchObservableCallback((result) => {
    for (const { attributes, totals } of allSeries()) {
      const unknown = { ...attributes, [names.tokenModality]: 'unknown' }
      counters.forEach((counter, index) => {
        const total = totals[index]
        if (total) result.observe(counter, total, unknown)
      })
    }
  }, counters)
}
