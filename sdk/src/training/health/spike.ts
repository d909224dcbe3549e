import type { Detector, Evidence } from './detector.ts'

const ENOUGH = 32

/** A loss far above those before it, by a robust z-score. */
export function spike({ spikeScore }: { readonly spikeScore: number }): Detector {
  return {
    type: 'spike',
    observe({ loss }, window): Evidence | undefined {
      // most steps end here: an outlier is above everything in the window
      if (loss === undefined || !(loss > window.highest) || window.size < ENOUGH) return undefined
      const { median, deviation } = window
      const score = (loss - median) / deviation
      return score > spikeScore && Number.isFinite(loss)
        ? { loss, median, deviation, score }
        : undefined
    },
  }
}
