import type { Rule } from './match.ts'
import { CHARGES, type Period, type Prices } from './prices.ts'
import { PROVIDERS } from './table.ts'

/** A model of the table. */
export interface TableModel {
  readonly id: string
  readonly rule: Rule
  readonly periods: readonly Period[]
}

/** A provider of the table. */
export interface TableProvider {
  /** Providers whose models it serves at their prices, where it has none of its own. */
  readonly others: readonly string[]
  readonly models: readonly TableModel[]
}

/**
 * The table's text for one provider: the other providers, then a line for each model. That has the
 * model's id, its rule (0: the id alone), and for each period what it depends on, if anything, and
 * the prices in the order of `CHARGES`.
 */
type Line = readonly [id: string, rule: Rule | 0, ...periods: Cells[]]
type Cells = readonly (string | number | readonly number[] | null)[]

const read = new Map<string, TableProvider | undefined>()

/** Every provider that the table has. */
export const tableProviders: readonly string[] = Object.keys(PROVIDERS)

/** A provider's prices, by the table's name. Read when first asked for, and kept. */
export function tableProvider(name: string): TableProvider | undefined {
  if (!Object.hasOwn(PROVIDERS, name)) return undefined
  let provider = read.get(name)
  if (!provider) read.set(name, (provider = parse(PROVIDERS[name] ?? '')))
  return provider
}

function parse(text: string): TableProvider {
  const [others, ...lines] = JSON.parse(text) as [string[], ...Line[]]
  return { others, models: lines.map(parseModel) }
}

function parseModel([id, rule, ...periods]: Line): TableModel {
  return { id, rule: rule || `=${id.toLowerCase()}`, periods: periods.map(parsePeriod) }
}

function parsePeriod(cells: Cells): Period {
  const [first] = cells
  if (typeof first !== 'string') return { prices: parsePrices(cells) }
  const prices = parsePrices(cells.slice(1))
  const [start = '', end] = first.split('/')
  if (end === undefined) return { from: Date.parse(start), prices }
  return { hours: [secondOf(start), secondOf(end)], prices }
}

function parsePrices(cells: Cells): Prices {
  const charged = CHARGES.map((charge, index) => [charge, cells[index] ?? undefined] as const)
  return Object.fromEntries(charged.filter(([, price]) => price !== undefined))
}

function secondOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return (hours * 60 + minutes) * 60 + seconds
}
