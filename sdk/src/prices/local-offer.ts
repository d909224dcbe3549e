import type { Offer, Wanted } from './offer.ts'
import type { PriceEntry } from './price-file.ts'
import { CHARGES, type Period } from './prices.ts'
import { specialTier } from './service-tiers.ts'

/**
 * What the application's own prices have for a model. An exact name goes before a start of a name, a
 * longer start before a shorter one, and a price for the provider before one for any.
 */
export function localOffer(entries: readonly PriceEntry[], wanted: Wanted): Offer | undefined {
  const [best] = entries
    .filter((entry) => isFor(entry, wanted))
    .toSorted((left, right) => weight(right) - weight(left))
  if (!best) return undefined
  const { provider, model } = best
  const periods = entries
    .filter((entry) => entry.provider === provider && entry.model === model)
    .filter((entry) => isFor(entry, wanted))
    .map(periodOf)
    .toSorted((left, right) => (left.from ?? 0) - (right.from ?? 0))
  return { source: 'local', provider, model, rule: model, periods, factor: 1 }
}

function isFor(entry: PriceEntry, { provider, model, serviceTier }: Wanted): boolean {
  if (entry.provider !== undefined && entry.provider !== provider) return false
  if (specialTier(entry.serviceTier) !== serviceTier) return false
  const [known, name] = [entry.model.toLowerCase(), model.toLowerCase()]
  return known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known
}

function weight({ provider, model }: PriceEntry): number {
  const name = model.endsWith('*') ? model.length - 1 : Number.MAX_SAFE_INTEGER / 4
  return 2 * name + (provider === undefined ? 0 : 1)
}

function periodOf(entry: PriceEntry): Period {
  const prices = Object.fromEntries(
    CHARGES.filter((charge) => charge in entry).map((charge) => [charge, entry[charge]]),
  )
  return { from: entry.from === undefined ? undefined : Date.parse(entry.from), prices }
}
