import { isFiniteNumber } from '../step.ts'
import type { Detector, Evidence } from './detector.ts'

const LEAST_STEPS = 32
const REMEMBERED = 8
const ENOUGH = 3

interface Limits {
  readonly slowdownFactor: number
  readonly slowdownSeconds: number
}

/**
 * Throughput that has dropped: tokens per second, else samples, else steps. It compares a stretch of
 * steps with the median of the stretches before.
 */
export function slowdown({ slowdownFactor, slowdownSeconds }: Limits): Detector {
  let rates: number[] = []
  let steps = 0
  let work = 0
  let time = 0
  let found: Evidence | undefined
  return {
    type: 'throughput_drop',
    observe({ tokens, samples }, _window, seconds, told): Evidence | undefined {
      const done = tokens ?? samples ?? told
      if (seconds === undefined || !isFiniteNumber(done)) return found
      steps += 1
      work += done
      time += seconds
      if (steps < LEAST_STEPS || time < slowdownSeconds) return found
      const rate = work / time
      const before = rates.toSorted((a, b) => a - b)[rates.length >> 1]
      const isSlow =
        before !== undefined && rates.length >= ENOUGH && rate * slowdownFactor < before
      found = isSlow ? { rate, rate_before: before } : undefined
      // what is slow is not what the next stretch is measured by
      if (!isSlow) rates = [...rates, rate].slice(-REMEMBERED)
      steps = work = time = 0
      return found
    },
  }
}
