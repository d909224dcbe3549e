import type { Limits } from './kit.ts'

/** Share of calls that may fail. The alert fires above `critical`. */
export const errorRatio: Limits = { warning: 0.01, critical: 0.05 }

/** Seconds that 95 of 100 calls stay under. The alert fires above `warning`. */
export const latency: Limits = { warning: 1, critical: 5 }

/** Share of a provider's rate limit that is used. The alert fires above `critical`. */
export const rateLimitUse: Limits = { warning: 0.7, critical: 0.9 }

/** Share of a resource that is in use. The GPU alert fires above `critical`. */
export const utilization: Limits = { warning: 0.7, critical: 0.9 }

/** Degrees Celsius at which data-centre GPUs get hot, and at which they begin to slow down. */
export const temperature: Limits = { warning: 75, critical: 85 }

/** A share as words: `5 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
