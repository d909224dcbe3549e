import type { Percentiles } from '../api/metrics.ts'

/** The percentiles of values, which need no order; undefined where there are none. */
export function percentilesOf(values: readonly number[]): Percentiles | undefined {
  if (values.length === 0) return undefined
  const sorted = Float64Array.from(values).toSorted()
  const at = (part: number): number => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) }
}
