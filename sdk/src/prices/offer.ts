import type { Period } from './prices.ts'

/** Where a price is from: the table that comes with the SDK, or the application's own file. */
export type PriceSource = 'table' | 'local'

/** A call's model as it is looked up. */
export interface Wanted {
  /** As in `gen_ai.provider.name`. */
  readonly provider: string
  readonly model: string
  /** Only where it has prices of its own. */
  readonly serviceTier: string | undefined
}

/** Prices that somebody has for a model. */
export interface Offer {
  readonly source: PriceSource
  /** By the name that the source has for it; none where the price is for any. */
  readonly provider: string | undefined
  readonly model: string
  /** The condition that the model met. */
  readonly rule: string
  readonly periods: readonly Period[]
  /** What part of the prices is charged. */
  readonly factor: number
}
