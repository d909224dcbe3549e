import { warn } from '../log.ts'
import { settings } from '../options.ts'
import { localOffer } from './local-offer.ts'
import type { Offer, Wanted } from './offer.ts'
import { type PriceEntry, readPriceFile } from './price-file.ts'
import { tableOffer } from './table-offer.ts'

// Far more than any application has: beyond it, what a client sends as a model is no model's name.
const MOST = 2000

let configured: object | undefined
let entries: readonly PriceEntry[] = []
const known = new Map<string, readonly Offer[]>()

/**
 * Who has prices for a call of one of these models, best first: the application's own prices go
 * before the table, and an earlier model before a later one. Looked up once, and kept.
 */
export function offersFor(
  provider: string,
  models: readonly (string | undefined)[],
  serviceTier: string | undefined,
): readonly Offer[] {
  const own = localEntries()
  const key = `${provider}\n${serviceTier ?? ''}\n${models.join('\n')}`
  let offers = known.get(key)
  if (!offers) {
    if (known.size >= MOST) known.clear()
    known.set(key, (offers = find(own, provider, models, serviceTier)))
  }
  return offers
}

/** The application's own prices. A file is read when first asked for, and again when options are set. */
export function localEntries(): readonly PriceEntry[] {
  const current = settings()
  if (current !== configured) {
    configured = current
    known.clear()
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
