import type { GenAiRequest, GenAiResponse } from '../genai.ts'
import { settings } from '../options.ts'
import { charge, type Charged } from './charge.ts'
import type { PriceSource } from './offer.ts'
import { offersFor } from './offers.ts'
import { pricesAt } from './prices.ts'
import { specialTier } from './service-tiers.ts'
import { DATE } from './table.ts'

/** What a call costs by the list prices of its provider, in USD. */
export interface Cost {
  readonly amount: number
  readonly input: number
  readonly output: number
  readonly currency: 'USD'
  readonly source: PriceSource
  /** Of what day the table is; none where the price is from elsewhere. */
  readonly tableDate: string | undefined
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
  const { usage } = response
  if (!usage) return failed ? undefined : { unpriced: 'no_usage' }
  const models = [response.model, request.model]
  const tier = specialTier(response.serviceTier ?? request.serviceTier)
  for (const { source, periods, factor } of offersFor(provider, models, tier)) {
    const prices = pricesAt(periods, Date.now())
    const charged = prices && charge(usage, prices)
    if (charged) return { cost: toCost(charged, factor, source) }
  }
  const isKnown = tier !== undefined && offersFor(provider, models, undefined).length > 0
  return { unpriced: isKnown ? 'unknown_service_tier' : 'unknown_price' }
}

function toCost({ amount, input, output }: Charged, factor: number, source: PriceSource): Cost {
  return {
    amount: amount * factor,
    input: input * factor,
    output: output * factor,
    currency: 'USD',
    source,
    tableDate: source === 'table' ? DATE : undefined,
  }
}
