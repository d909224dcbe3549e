import type { DatabaseSync } from 'node:sqlite'
import type { Gpu, Host, HostList, Latest } from '../api/metrics.ts'
import type { Attributes } from '../api/general.ts'
import type { PointDetail } from '../otlp/metrics.ts'
import { HARDWARE, HOST } from '../names.ts'
import { label, type LabelledSeries, type MetricReader } from './metric-reader.ts'

/** A series with its newest value. */
export interface LatestPoint {
  readonly series: LabelledSeries
  readonly time: number
  /** undefined for a histogram or a summary. */
  readonly value: number | undefined
  /** What was recorded in all, of histograms and summaries. */
  readonly recorded: { readonly count: number; readonly sum: number } | undefined
}

const NEWEST =
  'SELECT time / 1000 / 1e3 AS time, CAST(value AS REAL) AS value, detail FROM points WHERE series = ? ORDER BY points.time DESC LIMIT 1'

/** The newest value of every series that has numbers. */
export function readLatest(database: DatabaseSync, metrics: MetricReader): LatestPoint[] {
  const statement = database.prepare(NEWEST)
  return metrics.allSeries().flatMap((series) => {
    const row = statement.get(series.id)
    return row ? [latestPoint(series, row)] : []
  })
}

function latestPoint(series: LabelledSeries, row: Readonly<Record<string, unknown>>): LatestPoint {
  const { value, detail, time } = row
  const recorded = typeof detail === 'string' ? (JSON.parse(detail) as PointDetail) : undefined
  return {
    series,
    time: Number(time),
    value: typeof value === 'number' ? value : undefined,
    recorded: recorded && { count: recorded.count, sum: recorded.sum ?? 0 },
  }
}

/** Hosts, and their GPUs, by what was measured of them last. */
export function readHosts(database: DatabaseSync, metrics: MetricReader): HostList {
  const points = readLatest(database, metrics).filter(
    ({ series }) =>
      series.resource[HOST.id] !== undefined || series.resource[HOST.name] !== undefined,
  )
  const byHost = Map.groupBy(points, ({ series }) => hostId(series))
  const hosts = [...byHost].map(([id, all]) => hostOf(id, all))
  return { hosts: hosts.toSorted((one, other) => other.updated - one.updated) }
}

function hostId(series: LabelledSeries): string {
  return label(series, HOST.id) ?? label(series, HOST.name) ?? ''
}

function hostOf(id: string, points: readonly LatestPoint[]): Host {
  const [first] = points
  const gpus = Map.groupBy(points, ({ series }) => gpuId(series))
  const others = gpus.get(undefined) ?? []
  gpus.delete(undefined)
  return {
    id,
    name: (first && label(first.series, HOST.name)) ?? id,
    attributes: (first?.series.resource ?? {}) as Attributes,
    updated: points.reduce((newest, { time }) => Math.max(newest, time), 0),
    gpus: [...gpus].map(([gpu, all]) => gpuOf(gpu ?? '', all)),
    latest: others.flatMap(latestOf),
  }
}

/** The GPU that a series is about, also where it is about a part of it. */
function gpuId(series: LabelledSeries): string | undefined {
  const isGpu = label(series, HARDWARE.type) === 'gpu' || series.metric.includes('gpu')
  return isGpu ? (label(series, HARDWARE.parent) ?? label(series, HARDWARE.id)) : undefined
}

function gpuOf(id: string, points: readonly LatestPoint[]): Gpu {
  const name = points
    .map(({ series }) => label(series, HARDWARE.name))
    .find((each) => each !== undefined)
  return { id, ...(name !== undefined && { name }), latest: points.flatMap(latestOf) }
}

function latestOf({ series, time, value }: LatestPoint): Latest[] {
  if (value === undefined) return []
  const { metric, unit } = series
  return [{ metric, unit, attributes: series.attributes as Attributes, time, value }]
}
