import type { GenAiRequest, GenAiResponse, Usage } from '../calls/genai.ts'
import { settings } from '../options.ts'
import { charge } from './charge.ts'
import type { Offer, PriceSource } from './offer.ts'
import { offersFor } from './offers.ts'
import { pricesAt } from './prices.ts'
import { specialTier } from './service-tiers.ts'

/** What a call costs, by the provider's own words or by its list prices, in USD. */
export interface Cost {
  readonly amount: number
  /** Who says so, where it is not the table of this package. */
  readonly source?: Exclude<PriceSource, 'table'> | 'provider'
}

/** Why a call that somebody pays for has no cost. */
export type Unpriced = 'no_usage' | 'unknown_price' | 'unknown_service_tier'

export interface Bill {
  readonly cost?: Cost
  readonly unpriced?: Unpriced
}

/** What a call costs, or why nobody knows. Nothing for a failed call of which no usage is told. */
export function billOf(
  provider: string,
  request: GenAiRequest,
  response: GenAiResponse,
  failed: boolean,
): Bill | undefined {
  if (!settings().cost) return undefined
  const { usage, cost } = response
  if (isAmount(cost)) return { cost: { amount: cost, source: 'provider' } }
  if (!usage) return failed ? undefined : { unpriced: 'no_usage' }
  const tier = specialTier(response.serviceTier ?? request.serviceTier)
  for (const offer of offersFor(provider, response.model, request.model, tier)) {
    const charged = costOf(usage, offer)
    if (charged) return { cost: charged }
  }
  const isTier = tier && offersFor(provider, response.model, request.model, undefined).length > 0
  return { unpriced: isTier ? 'unknown_service_tier' : 'unknown_price' }
}

function costOf(usage: Usage, { source, periods, factor }: Offer): Cost | undefined {
  const prices = pricesAt(periods)
  const charged = prices && charge(usage, prices)
  if (charged === undefined) return undefined
  const amount = charged * factor
  return source === 'table' ? { amount } : { amount, source }
}

const isAmount = (cost: unknown): cost is number => Number.isFinite(cost) && Number(cost) >= 0
