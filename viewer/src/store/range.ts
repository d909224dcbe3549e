/** A stretch of time in steps, in milliseconds. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly step: number
}

const HOUR = 3_600_000
const STEPS = 100
const MAX_STEPS = 2000
const ROUND = [
  1000,
  2000,
  5000,
  10_000,
  15_000,
  30_000,
  60_000,
  120_000,
  300_000,
  600_000,
  900_000,
  1_800_000,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
]

/** The range that was asked for; without a step about a hundred, without an end until now, without a start an hour. */
export function rangeOf(asked: Partial<{ [Key in keyof Range]: number | undefined }>): Range {
  const to = asked.to ?? Date.now()
  const from = Math.min(asked.from ?? to - HOUR, to - 1)
  const length = to - from
  const round = ROUND.find((each) => each >= length / STEPS) ?? Math.ceil(length / STEPS)
  const step = Math.max(asked.step ?? round, length / MAX_STEPS, 1)
  // steps begin at whole ones, so that a page that asks again gets the same
  return { from: Math.floor(from / step) * step, to, step }
}

/** Starts of the steps. */
export function timesOf({ from, to, step }: Range): number[] {
  return Array.from(
    { length: Math.max(1, Math.ceil((to - from) / step)) },
    (_, slot) => from + slot * step,
  )
}
