import { readText } from '#platform'
import { CHARGES, type Prices } from './prices.ts'

/** One entry of an application's own price file. */
export interface PriceEntry extends Prices {
  /** As in `gen_ai.provider.name`; for any provider where none is given. */
  readonly provider?: string
  /** A model's name; with a `*` at its end, what a name starts with. */
  readonly model: string
  /** The service tier that the prices are for; the standard one where none is given. */
  readonly serviceTier?: string
  /** The day from which the prices hold (UTC); always where none is given. */
  readonly from?: string
}

interface Field {
  readonly expected: string
  readonly valid: (value: unknown) => boolean
}

const TEXT: Field = {
  expected: 'a text',
  valid: (value) => typeof value === 'string' && value !== '',
}

const amount = (expected: string): Field => ({
  expected: `${expected}, a number of at least 0`,
  valid: (value) => typeof value === 'number' && value >= 0,
})

const FIELDS: Readonly<Record<string, Field>> = {
  provider: TEXT,
  model: TEXT,
  serviceTier: TEXT,
  from: {
    expected: 'a day such as 2026-01-31',
    valid: (value) =>
      /^\d{4}-\d\d-\d\d$/.test(String(value)) && !Number.isNaN(Date.parse(String(value))),
  },
  ...Object.fromEntries(CHARGES.map((charge) => [charge, amount('USD per million tokens')])),
  call: amount('USD per call'),
}

/** Reads a price file. What is wrong is told, and left aside: an entry, or the file. */
export function readPriceFile(path: string, report: (problem: string) => void): PriceEntry[] {
  const entries = parse(path, report)
  return entries.filter((entry, index): entry is PriceEntry => {
    const problem = problemOf(entry)
    if (problem) report(`${path}: entry ${index + 1}: ${problem}. The entry is left aside.`)
    return problem === undefined
  })
}

function parse(path: string, report: (problem: string) => void): unknown[] {
  try {
    const content: unknown = JSON.parse(readText(path))
    if (Array.isArray(content)) return content
    report(`${path}: it takes a list of entries. The file is left aside.`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    report(`${path}: it cannot be read: ${reason}. The file is left aside.`)
  }
  return []
}

function problemOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return 'it is no object'
  for (const [name, value] of Object.entries(entry)) {
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined
    if (!field) return `unknown field ${name}; known are ${Object.keys(FIELDS).join(', ')}`
    if (!field.valid(value))
      return `${name} is ${JSON.stringify(value)}; it takes ${field.expected}`
  }
  if (!('model' in entry)) return 'model is missing'
  return CHARGES.some((charge) => charge in entry) ? undefined : 'it has no price'
}
