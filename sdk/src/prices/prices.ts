/** What a provider charges for: tokens by kind, and calls. The order is that of the table's columns. */
export const CHARGES = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'cacheWriteHour',
  'reasoning',
  'audioInput',
  'audioOutput',
  'imageInput',
  'imageOutput',
  'call',
] as const

export type Charge = (typeof CHARGES)[number]

/**
 * USD per million tokens, or per call. A list where it depends on how many input tokens a call has:
 * the base, then pairs of a number of tokens and the price above it.
 */
export type Price = number | readonly number[]

export type Prices = { readonly [Kind in Charge]?: Price }

/** Prices, and when they hold: from a date on, or for some hours of every day (UTC). */
export interface Period {
  /** Milliseconds since 1970. */
  readonly from?: number | undefined
  /** Seconds of the day; past midnight where the end is the smaller one. */
  readonly hours?: readonly [start: number, end: number] | undefined
  readonly prices: Prices
}

/** The prices that hold at a time; of several periods the last one goes first. */
export function pricesAt(periods: readonly Period[], time: number): Prices | undefined {
  return periods.findLast((period) => holds(period, time))?.prices
}

function holds({ from, hours }: Period, time: number): boolean {
  if (from !== undefined) return time >= from
  if (hours === undefined) return true
  const [start, end] = hours
  const second = (time / 1000) % 86_400
  return end < start ? second >= start || second < end : second >= start && second < end
}

/** What a price is for a call of so many input tokens. */
export function priceFor(price: Price, inputTokens: number): number {
  if (typeof price === 'number') return price
  const [base = 0, ...steps] = price
  let current = base
  for (let index = 0; index < steps.length; index += 2) {
    if (inputTokens > (steps[index] ?? 0)) current = steps[index + 1] ?? current
  }
  return current
}
