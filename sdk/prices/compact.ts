import type { ConditionalPrice, MatchLogic, ModelInfo, ModelPrice } from '@pydantic/genai-prices'
import { type Charge, CHARGES } from '../src/prices/prices.ts'

/** What genai-prices calls our charges. What it has beyond them is not counted in tokens or calls. */
const NAMES: Readonly<Record<Charge, string>> = {
  input: 'input_mtok',
  output: 'output_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  cacheWriteHour: 'cache_write_1h_mtok',
  reasoning: 'output_reasoning_mtok',
  audioInput: 'input_audio_mtok',
  audioOutput: 'output_audio_mtok',
  imageInput: 'input_image_mtok',
  imageOutput: 'output_image_mtok',
  call: 'requests_kcount',
}

const FREE: ModelPrice = { [NAMES.input]: 0, [NAMES.output]: 0 }

type Cell = number | readonly number[] | null

/** A model's line in the table: its id, its rule, and a list of cells for each period. */
export function compactModel({ id, match, prices }: ModelInfo): string {
  const periods = Array.isArray(prices) ? prices : [{ prices }]
  const rule = compactRule(match)
  return JSON.stringify([
    id,
    rule.length === 1 && rule[0] === `=${id.toLowerCase()}` ? 0 : rule,
    ...periods.map((period) => compactPeriod(period, id.endsWith(':free'))),
  ])
}

function compactRule(match: MatchLogic): (string | string[])[] {
  if ('or' in match) return [...new Set(match.or.flatMap(compactRule))]
  if ('and' in match) return [match.and.flatMap(compactRule).flat()]
  return [compactCondition(match)]
}

function compactCondition(match: MatchLogic): string {
  if ('equals' in match) return `=${match.equals.toLowerCase()}`
  if ('starts_with' in match) return `^${match.starts_with.toLowerCase()}`
  if ('ends_with' in match) return `$${match.ends_with.toLowerCase()}`
  if ('contains' in match) return `*${match.contains.toLowerCase()}`
  if ('regex' in match) return `~${match.regex}`
  throw new Error(`genai-prices has a rule of a new kind: ${JSON.stringify(match)}`)
}

// a model that has no price at all is free where its name says so, and unknown where it does not
function compactPeriod({ constraint, prices }: ConditionalPrice, isFree: boolean): unknown[] {
  const known = isFree && Object.keys(prices).length === 0 ? FREE : prices
  const cells = CHARGES.map((charge) => compactPrice(known, charge))
  const last = cells.findLastIndex((cell) => cell !== null)
  return [...compactConstraint(constraint), ...cells.slice(0, last + 1)]
}

function compactConstraint(constraint: ConditionalPrice['constraint']): string[] {
  if (!constraint) return []
  if (constraint.type === 'start_date') return [constraint.start_date]
  const { start_time: start, end_time: end } = constraint
  if (!start.endsWith('Z') || !end.endsWith('Z')) {
    throw new Error(`genai-prices has hours of another time zone: ${start} to ${end}`)
  }
  return [`${start.slice(0, -1)}/${end.slice(0, -1)}`]
}

function compactPrice(prices: ModelPrice, charge: Charge): Cell {
  const price = prices[NAMES[charge]]
  if (price === undefined) return null
  if (typeof price !== 'number') {
    return [price.base, ...price.tiers.flatMap(({ start, price: above }) => [start, above])]
  }
  return charge === 'call' ? price / 1000 : price
}
