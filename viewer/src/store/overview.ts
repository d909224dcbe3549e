import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { CallTotals, ModelTotals, Overview } from '../api/overview.ts'
import { percentilesOf } from './percentiles.ts'
import { type Range, timesOf } from './range.ts'
import { nanosecondsOf, optional } from './trace-reader.ts'

/** Of which calls; each may be left out. */
export interface CallFilter {
  readonly service: string | undefined
  readonly model: string | undefined
  readonly provider: string | undefined
  readonly operation: string | undefined
}

const SUMS = `
SELECT slot, model, provider, count(*) AS calls, count(error) AS errors, sum(input) AS input, sum(output) AS output,
  sum(cache_read) AS cacheRead, sum(cache_write) AS cacheWrite, sum(reasoning) AS reasoning, sum(cost) AS cost
FROM found GROUP BY slot, model, provider`

/** So many durations are looked at for percentiles: every one, or an even part of them. */
const SAMPLE = 20_000
const SUMMED = ['calls', 'errors', 'input', 'output'] as const
const SUMMED_IF_TOLD = ['cacheRead', 'cacheWrite', 'reasoning', 'cost'] as const

type Sums = Record<(typeof SUMMED)[number], number> &
  Partial<Record<(typeof SUMMED_IF_TOLD)[number], number>>
type Row = Readonly<Record<string, unknown>>

/** Sums and durations of some calls, while rows are added. */
class Group {
  readonly sums: Sums = { calls: 0, errors: 0, input: 0, output: 0 }
  readonly durations: number[] = []
  readonly firstChunks: number[] = []

  add(row: Row): void {
    for (const name of SUMMED) this.sums[name] += Number(row[name])
    for (const name of SUMMED_IF_TOLD) {
      if (row[name] !== null) this.sums[name] = (this.sums[name] ?? 0) + Number(row[name])
    }
  }

  time(row: Row): void {
    this.durations.push(Number(row['duration']))
    if (row['first_chunk'] !== null) this.firstChunks.push(Number(row['first_chunk']) * 1000)
  }

  totals(): CallTotals {
    const { calls, errors, cost, ...tokens } = this.sums
    return {
      calls,
      errors,
      ...optional('latency', percentilesOf(this.durations)),
      ...optional('firstChunk', percentilesOf(this.firstChunks)),
      tokens,
      ...optional('cost', cost),
    }
  }
}

export function readOverview(database: DatabaseSync, range: Range, filter: CallFilter): Overview {
  const { found, values } = select(range, filter)
  const sums = database.prepare(`${found} ${SUMS}`).all(...values)
  const total = new Group()
  const steps = timesOf(range).map((time) => ({ time, group: new Group() }))
  const models = new Map<string, { readonly row: Row; readonly group: Group }>()
  const groupsOf = (row: Row): Group[] => {
    const key = JSON.stringify([row['model'], row['provider']])
    const model = models.get(key) ?? { row, group: new Group() }
    models.set(key, model)
    const step = steps[Number(row['slot'])]
    return [total, model.group, ...(step ? [step.group] : [])]
  }
  for (const row of sums) for (const group of groupsOf(row)) group.add(row)
  const every = Math.max(1, Math.ceil(total.sums.calls / SAMPLE))
  const durations = database
    .prepare(
      `${found} SELECT slot, model, provider, duration, first_chunk FROM found WHERE id % ? = 0`,
    )
    .all(...values, every)
  for (const row of durations) for (const group of groupsOf(row)) group.time(row)
  const errors = database
    .prepare(
      `${found} SELECT error AS type, count(*) AS calls FROM found WHERE error IS NOT NULL
       GROUP BY error ORDER BY calls DESC, error LIMIT 100`,
    )
    .all(...values)
  return {
    ...range,
    total: total.totals(),
    steps: steps.map(({ time, group }) => Object.assign({ time }, group.totals())),
    models: [...models.values()]
      .map(({ row, group }) => modelTotals(row, group))
      .toSorted((one, other) => other.calls - one.calls),
    errors: errors.map(({ type, calls }) => ({ type: String(type), calls: Number(calls) })),
  }
}

function modelTotals(row: Row, group: Group): ModelTotals {
  return {
    model: String(row['model']),
    provider: String(row['provider']),
    ...group.totals(),
  }
}

function select(
  { from, to, step }: Range,
  filter: CallFilter,
): { readonly found: string; readonly values: readonly SQLInputValue[] } {
  const wanted = Object.entries(filter).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  const start = nanosecondsOf(from)
  const conditions = ['start >= ?', 'start < ?', ...wanted.map(([column]) => `${column} = ?`)]
  return {
    found: `WITH found AS (SELECT *, CAST((start - ?) / ? AS INTEGER) AS slot FROM calls
      WHERE ${conditions.join(' AND ')})`,
    values: [start, step * 1e6, start, nanosecondsOf(to), ...wanted.map(([, value]) => value)],
  }
}
