import { warn } from '../log.ts'
import { settings } from '../options.ts'
import { PathMap } from '../path-map.ts'
import { localOffer } from './local-offer.ts'
import type { Offer, Wanted } from './offer.ts'
import { type PriceEntry, readPriceFile } from './price-file.ts'
import { tableOffer } from './table-offer.ts'

// Far more than any application has: beyond it, what a client sends as a model is no model's name.
const MOST = 2000

type Model = string | undefined
type Known = PathMap<[provider: string, Model, Model, tier: string | undefined], readonly Offer[]>

let configured: object | undefined
let entries: readonly PriceEntry[] = []
let known: Known = new PathMap()

/**
 * Who has prices for a call, best first: the application's own prices go before the table, and the
 * model that answered before the one that was asked for. Looked up once, and kept.
 */
export function offersFor(
  provider: string,
  responseModel: string | undefined,
  requestModel: string | undefined,
  serviceTier: string | undefined,
): readonly Offer[] {
  const own = localEntries()
  const offers = known.get(provider, responseModel, requestModel, serviceTier)
  if (offers) return offers
  const found = find(own, provider, [responseModel, requestModel], serviceTier)
  if (known.values.length >= MOST) known = new PathMap()
  return known.add(found, provider, responseModel, requestModel, serviceTier)
}

/** The application's own prices. A file is read when first asked for, and again when options are set. */
export function localEntries(): readonly PriceEntry[] {
  const current = settings()
  if (current !== configured) {
    configured = current
    known = new PathMap()
    entries = current.prices ? readPriceFile(current.prices, warn) : []
  }
  return entries
}

function find(
  own: readonly PriceEntry[],
  provider: string,
  models: readonly (string | undefined)[],
  serviceTier: string | undefined,
): Offer[] {
  const wanted = models
    .filter((model) => model !== undefined)
    .map((model): Wanted => ({ provider, model, serviceTier }))
  return [
    ...wanted.map((one) => localOffer(own, one)),
    ...wanted.map((one) => tableOffer(one)),
  ].filter((offer) => offer !== undefined)
}
