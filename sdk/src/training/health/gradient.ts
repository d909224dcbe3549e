import { isFiniteNumber } from '../step.ts'
import { RobustWindow } from '../robust-window.ts'
import type { Detector, Evidence } from './detector.ts'

const ENOUGH = 32

/** A gradient norm that is many times the median of those before. */
export function explosion({ explosionFactor }: { readonly explosionFactor: number }): Detector {
  const norms = new RobustWindow(64)
  return {
    type: 'gradient_explosion',
    observe({ gradientNorm }): Evidence | undefined {
      if (!isFiniteNumber(gradientNorm)) return undefined
      const { median, size } = norms
      const isExploding = size >= ENOUGH && gradientNorm > explosionFactor * median && median > 0
      // an outlier enters as none, lest it hide the next one
      norms.add(isExploding ? median : gradientNorm)
      return isExploding ? { gradient_norm: gradientNorm, median } : undefined
    },
  }
}

/** Gradient norms that have all but gone, next to the first ones of the run. */
export function vanishing({ vanishingFactor }: { readonly vanishingFactor: number }): Detector {
  let count = 0
  let first = 0
  let highest = 0
  let found: Evidence | undefined
  return {
    type: 'gradient_vanishing',
    observe({ gradientNorm }): Evidence | undefined {
      if (!isFiniteNumber(gradientNorm)) return undefined
      count += 1
      highest = Math.max(highest, gradientNorm)
      if (count < ENOUGH) return found
      first ||= highest
      found =
        highest * vanishingFactor < first ? { gradient_norm: highest, median: first } : undefined
      count = highest = 0
      return found
    },
  }
}
