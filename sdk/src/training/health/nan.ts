import type { Detector, Evidence } from './detector.ts'

/** A loss or a gradient norm that is NaN or infinite. */
export function nan(): Detector {
  return {
    type: 'nan',
    observe({ loss, gradientNorm }): Evidence | undefined {
      // an attribute that is NaN does not survive every exporter: text does
      if (loss !== undefined && !Number.isFinite(loss)) return { field: 'loss', value: `${loss}` }
      if (gradientNorm !== undefined && !Number.isFinite(gradientNorm)) {
        return { field: 'gradient_norm', value: `${gradientNorm}` }
      }
      return undefined
    },
  }
}
