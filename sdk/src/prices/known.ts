import { localOffer } from './local-offer.ts'
import type { Offer } from './offer.ts'
import { localEntries, offersFor } from './offers.ts'
import { providerNames, tableName } from './providers.ts'
import { tableProviders } from './read-table.ts'
import { tableOffers } from './table-offer.ts'

/** What is known of a model's price: of one provider, or of all. What goes before something is first. */
export function knownPrices(model: string, provider?: string): Offer[] {
  const own = localEntries().map((entry) => entry.provider ?? '')
  const table = tableProviders.map((name) => providerNames(name)[0] ?? name)
  const providers = provider === undefined ? [...own, ...table] : [provider]
  return distinct(providers.flatMap((name) => offersFor(name, model, undefined, undefined)))
}

/** Every price that is known: of one provider, or of all. */
export function allPrices(provider?: string): Offer[] {
  const own = localEntries().map((entry) => {
    const { provider: of = provider ?? '', model } = entry
    return localOffer([entry], { provider: of, model, serviceTier: undefined })
  })
  const offers = [...own.filter((offer) => offer !== undefined), ...tableOffers()]
  return provider === undefined ? offers : offers.filter((offer) => isOf(offer, provider))
}

function isOf(offer: Offer, provider: string): boolean {
  if (offer.provider === undefined) return true
  return offer.provider === (offer.source === 'table' ? tableName(provider) : provider)
}

function distinct(offers: readonly Offer[]): Offer[] {
  const byKey = new Map(
    offers.map((offer) => [`${offer.source} ${offer.provider} ${offer.model}`, offer]),
  )
  return [...byKey.values()].toSorted((left, right) => left.source.localeCompare(right.source))
}
