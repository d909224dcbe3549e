import { warn } from '../log.ts'
import { settings } from '../options.ts'
import { localOffer } from './local-offer.ts'
import type { Offer, Wanted } from './offer.ts'
import { type PriceEntry, readPriceFile } from './price-file.ts'
import { tableOffer } from './table-offer.ts'

// Far more than any application has: beyond it, what a client sends as a model is no model's name.
const MOST = 2000

type Level<Inner> = Map<string | undefined, Inner>

let configured: object | undefined
let entries: readonly PriceEntry[] = []
// levels of maps, since one key of all four would have to be put together and hashed for every call
let known: Level<Level<Level<Level<readonly Offer[]>>>> = new Map()
let size = 0

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
  const tiers = known.get(provider)?.get(responseModel)?.get(requestModel)
  const offers = tiers?.get(serviceTier)
  if (offers) return offers
  const found = find(own, provider, [responseModel, requestModel], serviceTier)
  if (size >= MOST) forget()
  size += 1
  inner(inner(inner(known, provider), responseModel), requestModel).set(serviceTier, found)
  return found
}

function inner<Value>(level: Level<Level<Value>>, key: string | undefined): Level<Value> {
  const next = level.get(key) ?? new Map()
  level.set(key, next)
  return next
}

function forget(): void {
  known = new Map()
  size = 0
}

/** The application's own prices. A file is read when first asked for, and again when options are set. */
export function localEntries(): readonly PriceEntry[] {
  const current = settings()
  if (current !== configured) {
    configured = current
    forget()
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
