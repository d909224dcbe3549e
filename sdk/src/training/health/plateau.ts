import type { Detector, Evidence } from './detector.ts'

const LEAST_GAIN = 0.001
const SHARE = 0.25

/**
 * A loss that has stopped falling. It compares the mean of one stretch of steps with the mean of
 * the stretch before; a stretch is as long as a quarter of the run so far, `plateauSteps` at least.
 */
export function plateau({ plateauSteps }: { readonly plateauSteps: number }): Detector {
  let seen = 0
  let length = plateauSteps
  let count = 0
  let sum = 0
  let before: number | undefined
  let found: Evidence | undefined
  return {
    type: 'plateau',
    observe(_record, window): Evidence | undefined {
      seen += 1
      if (!window.full) return undefined
      count += 1
      // medians, so that a spike does not pass for a rise
      sum += window.median
      if (count < length) return found
      const mean = sum / count
      const noise = window.deviation / Math.sqrt(count)
      const enough = Math.max(LEAST_GAIN * Math.abs(mean), noise)
      found =
        before !== undefined && before - mean < enough
          ? { mean, mean_before: before, steps: count }
          : undefined
      before = mean
      length = Math.max(plateauSteps, SHARE * seen)
      count = sum = 0
      return found
    },
  }
}
