import type { Detector, Evidence } from './detector.ts'

const LEAST_RISE = 0.2

/** A median loss that has risen well above its best, and stays there. */
export function divergence({ divergenceScore }: { readonly divergenceScore: number }): Detector {
  let best = Infinity
  let bestStep = 0
  return {
    type: 'divergence',
    observe({ step }, window): Evidence | undefined {
      if (!window.full) return undefined
      const { median } = window
      if (median < best) {
        best = median
        bestStep = step
        return undefined
      }
      const rise = median - best
      if (rise <= LEAST_RISE * Math.abs(best) || rise <= divergenceScore * window.deviation) {
        return undefined
      }
      return { best, best_step: bestStep, median, deviation: window.deviation }
    },
  }
}
