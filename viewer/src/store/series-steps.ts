import type { DatabaseSync } from 'node:sqlite'
import type { PointDetail } from '../otlp/metrics.ts'
import { bucketsOf, grown, joined, type Recorded } from './histogram.ts'
import { type Range, timesOf } from './range.ts'
import { nanosecondsOf } from './trace-reader.ts'

/** What one series says in one step; undefined where it has no point there. */
export interface Step {
  /** The last value of a gauge, what a counter grew by. */
  readonly value: number
  /** Of histograms and summaries. */
  readonly recorded: Recorded
  readonly count: number
  readonly sum: number
}

export interface StoredSeries {
  readonly id: number
  readonly kind: string
  readonly temporality: number
}

type Row = Readonly<Record<string, unknown>>

const COLUMNS =
  'time / 1000 / 1e3 AS time, start / 1000 / 1e3 AS start, CAST(value AS REAL) AS value, detail'
const WITHIN = 'FROM points WHERE series = ? AND time >= ? AND time < ?'
const SLOT = 'CAST((time - ?) / ? AS INTEGER) AS slot'
const LAST_OF_STEP = `SELECT ${SLOT}, CAST(max(time) AS REAL) AS last, ${COLUMNS} ${WITHIN} GROUP BY slot ORDER BY slot`
const EVERY = `SELECT ${SLOT}, ${COLUMNS} ${WITHIN} ORDER BY points.time`
const BEFORE = `SELECT ${COLUMNS} FROM points WHERE series = ? AND time < ? ORDER BY points.time DESC LIMIT 1`

const DELTA = 1
const NOTHING: Recorded = new Map()

/** Reads the points of a series step by step. */
export function readSteps(
  database: DatabaseSync,
  range: Range,
  { id, kind, temporality }: StoredSeries,
): ReadonlyArray<Step | undefined> {
  const from = nanosecondsOf(range.from)
  const isDelta = temporality === DELTA
  const rows = database
    .prepare(isDelta ? EVERY : LAST_OF_STEP)
    .all(from, range.step * 1e6, id, from, nanosecondsOf(range.to))
  const counts = kind !== 'gauge' && kind !== 'updowncounter'
  let earlier = counts && !isDelta ? database.prepare(BEFORE).get(id, from) : undefined
  const steps: Array<Step | undefined> = timesOf(range).map(() => undefined)
  for (const row of rows) {
    const slot = Number(row['slot'])
    const step = counts && !isDelta ? growth(row, earlier, range.from) : stepOf(row)
    const known = steps[slot]
    steps[slot] = known && isDelta ? added(known, step) : step
    earlier = row
  }
  return steps
}

function stepOf(row: Row): Step {
  const detail =
    typeof row['detail'] === 'string' ? (JSON.parse(row['detail']) as PointDetail) : undefined
  return {
    value: Number(row['value'] ?? 0),
    recorded: detail ? bucketsOf(detail) : NOTHING,
    count: detail?.count ?? 0,
    sum: detail?.sum ?? 0,
  }
}

/** What a cumulative point has more than the one before; all of it where counting began since. */
function growth(row: Row, earlier: Row | undefined, from: number): Step {
  const later = stepOf(row)
  if (!earlier) {
    // what was counted before the range does not belong to its first step
    return Number(row['start']) >= from ? later : { value: 0, recorded: NOTHING, count: 0, sum: 0 }
  }
  const before = stepOf(earlier)
  const isReset =
    Number(row['start']) > Number(earlier['start']) ||
    later.value < before.value ||
    later.count < before.count
  if (isReset) return later
  return {
    value: later.value - before.value,
    recorded: grown(later.recorded, before.recorded),
    count: later.count - before.count,
    sum: later.sum - before.sum,
  }
}

/** Both together. */
export function added(one: Step, other: Step): Step {
  return {
    value: one.value + other.value,
    recorded: joined([one.recorded, other.recorded]),
    count: one.count + other.count,
    sum: one.sum + other.sum,
  }
}
