import { matches } from './match.ts'
import type { Offer, Wanted } from './offer.ts'
import { tableName } from './providers.ts'
import { type TableModel, tableProvider, tableProviders } from './read-table.ts'
import { tierFactor } from './service-tiers.ts'

/** A date as some providers write it into a model's name, where others have it with hyphens. */
const COMPACT_DATE = /-(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[-:]|$)/g

/** What the table has for a model. */
export function tableOffer({ provider, model, serviceTier }: Wanted): Offer | undefined {
  const name = tableName(provider)
  const factor = tierFactor(name, serviceTier)
  if (factor === undefined) return undefined
  const found = findModel(name, model.toLowerCase().trim())
  if (!found) return undefined
  return toOffer(name, found, factor)
}

/** Everything that the table has. */
export function tableOffers(): Offer[] {
  return tableProviders.flatMap(
    (name) => tableProvider(name)?.models.map((model) => toOffer(name, model, 1)) ?? [],
  )
}

function findModel(provider: string, model: string): TableModel | undefined {
  return findExact(provider, model) ?? findDated(provider, model)
}

function findDated(provider: string, model: string): TableModel | undefined {
  const dated = model.replace(COMPACT_DATE, '-$1-$2-$3')
  return dated === model ? undefined : findExact(provider, dated)
}

function findExact(name: string, model: string): TableModel | undefined {
  const provider = tableProvider(name)
  const own = provider?.models.find(({ rule }) => matches(rule, model))
  if (own || !provider) return own
  for (const other of provider.others) {
    const found = tableProvider(other)?.models.find(({ rule }) => matches(rule, model))
    if (found) return found
  }
  return undefined
}

function toOffer(provider: string, { id, rule, periods }: TableModel, factor: number): Offer {
  const text = typeof rule === 'string' ? rule : rule.flat().join(' ')
  return { source: 'table', provider, model: id, rule: text, periods, factor }
}
