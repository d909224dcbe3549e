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

/** The prices that hold now, or at a time; of several periods the last one goes first. */
export function pricesAt(periods: readonly Period[], time?: number): Prices | undefined {
  for (let index = periods.length - 1; index >= 0; index -= 1) {
    const period = periods[index]
    if (period && holds(period, time)) return period.prices
  }
  return undefined
}

function holds({ from, hours }: Period, time: number | undefined): boolean {
  if (from === undefined && hours === undefined) return true
  const when = time ?? Date.now()
  if (from !== undefined) return when >= from
  const [start, end] = hours ?? [0, 0]
  const second = (when / 1000) % 86_400
  return end < start ? second >= start || second < end : second >= start && second < end
}

/** What a price is for a call of so many input tokens. */
export function priceFor(price: Price, inputTokens: number): number {
  if (typeof price === 'number') return price
  let [current = 0] = price
  for (let index = 1; index < price.length; index += 2) {
    if (inputTokens > (price[index] ?? 0)) current = price[index + 1] ?? current
  }
  return current
}
