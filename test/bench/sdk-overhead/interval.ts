/** The median of measurements, and where the true one lies with a certainty of 95 %, whatever their distribution. */
export interface Estimate {
  readonly median: number
  readonly low: number
  readonly high: number
}

/**
 * By order statistics: the true median is below the k-th smallest of n measurements only if fewer than k of n
 * fair coins show heads. Fewer than six measurements tell nothing with this certainty: the interval is then
 * without end.
 */
export function estimate(measurements: readonly number[]): Estimate {
  const sorted = measurements.toSorted((a, b) => a - b)
  const count = sorted.length
  const middle = ((sorted[Math.floor((count - 1) / 2)] ?? NaN) + (sorted[count >> 1] ?? NaN)) / 2
  const outside = ranksOutside(count)
  return {
    median: middle,
    low: sorted[outside - 1] ?? -Infinity,
    high: sorted[count - outside] ?? Infinity,
  }
}

/** The greatest rank, counted from 1, that is below the median in 97.5 % of all cases; 0 if none is. */
function ranksOutside(count: number): number {
  let probability = 0.5 ** count
  let below = probability
  let rank = 0
  while (below <= 0.025) {
    rank += 1
    probability *= (count - rank + 1) / rank
    below += probability
  }
  return rank
}

/** Element by element, what the first took more than the second. */
export function differences(more: readonly number[], less: readonly number[]): number[] {
  return more.map((value, index) => value - (less[index] ?? NaN))
}
