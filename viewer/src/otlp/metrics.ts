import type { MetricKind } from '../api/metrics.ts'
import { count, has, int64, message, messages, nanoseconds, number, text } from './fields.ts'
import type { Message } from './messages.ts'
import type { Origin } from './origin.ts'
import { type Read, readWithin } from './read.ts'
import { readAttributes, type StoredAttributes } from './values.ts'

/** What all points of a metric have in common. */
export interface MetricHead {
  readonly name: string
  readonly kind: MetricKind
  readonly unit: string
  readonly description: string
  /** 1 where points are of the time since the one before, 2 where they count from the start, else 0. */
  readonly temporality: number
}

/** What a point of a histogram or a summary has. */
export type PointDetail = HistogramDetail | ExponentialDetail | SummaryDetail

interface Totals {
  readonly count: number
  readonly sum?: number
  readonly min?: number
  readonly max?: number
}

export interface HistogramDetail extends Totals {
  readonly bounds: readonly number[]
  readonly counts: readonly number[]
}

export interface ExponentialDetail extends Totals {
  readonly scale: number
  readonly zero: number
  readonly zeroThreshold: number
  readonly positive: Buckets
  readonly negative: Buckets
}

export interface Buckets {
  readonly offset: number
  readonly counts: readonly number[]
}

export interface SummaryDetail extends Totals {
  readonly quantiles: ReadonlyArray<readonly [number, number]>
}

/** What one point says. */
interface Recorded {
  /** An integer where it was sent as one; null where nothing was recorded, or in `detail`. */
  readonly value: number | bigint | null
  readonly detail: PointDetail | undefined
}

/** A point that was received. */
export interface ReadPoint {
  readonly metric: MetricHead
  readonly attributes: StoredAttributes
  readonly start: bigint
  readonly time: bigint
  readonly flags: number
  readonly recorded: Recorded
  readonly resource: Origin
  readonly scope: string
}

const FIELDS = { resources: 'resourceMetrics', scopes: 'scopeMetrics', records: 'metrics' }
const MAX_BUCKETS = 4096
const NO_RECORDED_VALUE = 1

/** The points of a request; those of a metric without a name or of an unknown kind are rejected. */
export function readPoints(request: Message): Read<ReadPoint> {
  const { records } = readWithin(request, FIELDS, readMetric)
  return {
    records: records.flatMap(({ points }) => points),
    rejected: records.reduce((sum, { rejected }) => sum + rejected, 0),
    reason: 'Metrics without a name or of an unknown kind.',
  }
}

interface Shape {
  readonly field: string
  readonly kind: (data: Message) => MetricKind
  readonly point: (point: Message) => Recorded
}

const SHAPES: readonly Shape[] = [
  { field: 'gauge', kind: () => 'gauge', point: readNumber },
  {
    field: 'sum',
    kind: ({ isMonotonic }) => (isMonotonic === true ? 'counter' : 'updowncounter'),
    point: readNumber,
  },
  { field: 'histogram', kind: () => 'histogram', point: readHistogram },
  { field: 'exponentialHistogram', kind: () => 'exponential_histogram', point: readExponential },
  { field: 'summary', kind: () => 'summary', point: readSummary },
]

function readMetric(
  metric: Message,
  resource: Origin,
  scope: string,
): { readonly points: readonly ReadPoint[]; readonly rejected: number } {
  const name = text(metric['name'])
  const shape = SHAPES.find(({ field }) => has(metric, field))
  if (name === '' || !shape) return { points: [], rejected: 1 }
  const data = message(metric[shape.field])
  const head: MetricHead = {
    name,
    kind: shape.kind(data),
    unit: text(metric['unit']),
    description: text(metric['description']),
    temporality: count(data['aggregationTemporality']),
  }
  const points = messages(data['dataPoints']).map((point) => ({
    metric: head,
    attributes: readAttributes(point['attributes']).attributes,
    start: nanoseconds(point['startTimeUnixNano']),
    time: nanoseconds(point['timeUnixNano']),
    flags: count(point['flags']),
    recorded: shape.point(point),
    resource,
    scope,
  }))
  return { points, rejected: 0 }
}

function readNumber(point: Message): Recorded {
  const isMissing = (count(point['flags']) & NO_RECORDED_VALUE) !== 0
  if (isMissing) return { value: null, detail: undefined }
  if (has(point, 'asInt')) return { value: int64(point['asInt']), detail: undefined }
  const value = number(point['asDouble'])
  return { value: Number.isNaN(value) ? null : value, detail: undefined }
}

function readHistogram(point: Message): Recorded {
  const detail: HistogramDetail = {
    ...totals(point),
    bounds: numbers(point['explicitBounds']),
    counts: counts(point['bucketCounts']),
  }
  return { value: null, detail }
}

function readExponential(point: Message): Recorded {
  const detail: ExponentialDetail = {
    ...totals(point),
    scale: Math.max(-10, Math.min(20, Math.trunc(number(point['scale'])) || 0)),
    zero: count(point['zeroCount']),
    zeroThreshold: finite(point['zeroThreshold']) ?? 0,
    positive: readBuckets(message(point['positive'])),
    negative: readBuckets(message(point['negative'])),
  }
  return { value: null, detail }
}

function readSummary(point: Message): Recorded {
  const quantiles = messages(point['quantileValues'])
    .slice(0, MAX_BUCKETS)
    .map((each) => [number(each['quantile']), number(each['value'])] as const)
    .filter((pair) => pair.every(Number.isFinite))
  return { value: null, detail: { ...totals(point), quantiles } }
}

function totals(point: Message): Totals {
  const sum = has(point, 'sum') ? finite(point['sum']) : undefined
  const min = has(point, 'min') ? finite(point['min']) : undefined
  const max = has(point, 'max') ? finite(point['max']) : undefined
  return {
    count: count(point['count']),
    ...(sum !== undefined && { sum }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  }
}

function readBuckets(buckets: Message): Buckets {
  const offset = Math.trunc(number(buckets['offset']))
  return {
    offset: Number.isSafeInteger(offset) ? offset : 0,
    counts: counts(buckets['bucketCounts']),
  }
}

function counts(list: unknown): number[] {
  return Array.isArray(list) ? list.slice(0, MAX_BUCKETS).map(count) : []
}

function numbers(list: unknown): number[] {
  return Array.isArray(list) ? list.slice(0, MAX_BUCKETS).map(number).filter(Number.isFinite) : []
}

function finite(value: unknown): number | undefined {
  const read = number(value)
  return Number.isFinite(read) ? read : undefined
}
