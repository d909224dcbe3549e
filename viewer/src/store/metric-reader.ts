import type { DatabaseSync } from 'node:sqlite'
import type { MetricInfo, MetricKind, MetricList, MetricQuery, Series } from '../api/metrics.ts'
import type { StoredOrigin } from '../otlp/origin.ts'
import { plainAttributes, type StoredAttributes } from '../otlp/values.ts'
import { estimated, heatmapOf, joined } from './histogram.ts'
import { type Range, timesOf } from './range.ts'
import { added, readSteps, type Step } from './series-steps.ts'

/** What is asked of a metric. */
export interface MetricFilter {
  readonly name: string
  readonly by: readonly string[]
  /** Attributes of the points or of the resource, and the value that each must have. */
  readonly where: ReadonlyArray<readonly [string, string]>
  /** How gauges of one group become one. */
  readonly of: 'mean' | 'sum' | 'max'
}

/** A series with all its labels: those of its resource, and of its points before those. */
export interface LabelledSeries {
  readonly id: number
  readonly metric: string
  readonly kind: MetricKind
  readonly unit: string
  readonly description: string
  readonly temporality: number
  readonly service: string
  readonly resource: Readonly<Record<string, unknown>>
  readonly attributes: Readonly<Record<string, unknown>>
}

const SERIES = `
SELECT s.id, m.name AS metric, m.kind, m.unit, m.description, m.temporality, r.service, r.json, s.attributes
FROM series s JOIN metrics m ON m.id = s.metric JOIN resources r ON r.id = s.resource`
const LAST =
  'SELECT time / 1000 / 1e3 AS time FROM points WHERE series = ? ORDER BY points.time DESC LIMIT 1'
const MOST_SERIES = 100
const HISTOGRAMS: ReadonlySet<string> = new Set(['histogram', 'exponential_histogram', 'summary'])

type Row = Readonly<Record<string, unknown>>

/** Reads metrics. */
export class MetricReader {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  list(): MetricList {
    const byName = Map.groupBy(this.allSeries(), ({ metric }) => metric)
    const metrics = [...byName.values()].map((series) => this.#info(series))
    return { metrics: metrics.toSorted((one, other) => (one.name < other.name ? -1 : 1)) }
  }

  allSeries(): LabelledSeries[] {
    return this.#database.prepare(SERIES).all().map(seriesOf)
  }

  query(filter: MetricFilter, range: Range): MetricQuery | undefined {
    const all = this.#database.prepare(`${SERIES} WHERE m.name = ?`).all(filter.name).map(seriesOf)
    const [first] = all
    if (!first) return undefined
    const wanted = all.filter((series) =>
      filter.where.every(([key, value]) => label(series, key) === value),
    )
    const groups = [...Map.groupBy(wanted, (series) => groupKey(series, filter.by)).values()]
    const read = groups.map((members) => this.#group(members, filter, range))
    const shown = read.toSorted((one, other) => weight(other) - weight(one)).slice(0, MOST_SERIES)
    return {
      metric: this.#info(all),
      ...range,
      times: timesOf(range),
      series: shown.map(({ series }) => series),
      ...(HISTOGRAMS.has(first.kind) && {
        heatmap: heatmapOf(
          timesOf(range).map((_, slot) =>
            joined(read.map(({ steps }) => steps[slot]?.recorded ?? new Map())),
          ),
        ),
      }),
      omitted: read.length - shown.length,
    }
  }

  #group(members: readonly LabelledSeries[], { by, of }: MetricFilter, range: Range): Group {
    const [first] = members
    const all = members.map((series) => readSteps(this.#database, range, series))
    const isGauge = first?.kind === 'gauge' || (first?.kind === 'updowncounter' && of !== 'mean')
    const steps = timesOf(range).map((_, slot) =>
      combined(
        all.map((each) => each[slot]).filter((step) => step !== undefined),
        isGauge ? of : 'sum',
      ),
    )
    const group = Object.fromEntries(by.map((key) => [key, (first && label(first, key)) ?? '']))
    if (!HISTOGRAMS.has(first?.kind ?? '')) {
      const per = first?.kind === 'counter' ? range.step / 1000 : 1
      const values = steps.map((step) => (step ? step.value / per : null))
      return { steps, series: { group, values } }
    }
    return { steps, series: { group, ...ofHistogram(steps) } }
  }

  #info(series: readonly LabelledSeries[]): MetricInfo {
    const last = this.#database.prepare(LAST)
    const times = series.map(({ id }) => Number(last.get(id)?.['time'] ?? 0))
    const keys = new Set(series.flatMap(({ attributes }) => Object.keys(attributes)))
    const [first] = series
    return {
      name: first?.metric ?? '',
      kind: first?.kind ?? 'gauge',
      unit: first?.unit ?? '',
      description: first?.description ?? '',
      series: series.length,
      last: times.reduce((newest, time) => Math.max(newest, time), 0),
      services: [...new Set(series.map(({ service }) => service))].toSorted(),
      attributes: [...keys].toSorted().map((name) => ({
        name,
        values: new Set(series.map((each) => label(each, name))).size,
      })),
    }
  }
}

interface Group {
  readonly steps: ReadonlyArray<Step | undefined>
  readonly series: Series
}

function ofHistogram(steps: ReadonlyArray<Step | undefined>): Omit<Series, 'group'> {
  const percentiles = steps.map((step) => step && estimated(step.recorded))
  const of = (name: 'p50' | 'p90' | 'p95' | 'p99'): Array<number | null> =>
    percentiles.map((each) => each?.[name] ?? null)
  return {
    values: steps.map((step) => (step && step.count > 0 ? step.sum / step.count : null)),
    counts: steps.map((step) => step?.count ?? 0),
    percentiles: { p50: of('p50'), p90: of('p90'), p95: of('p95'), p99: of('p99') },
  }
}

function combined(steps: readonly Step[], of: MetricFilter['of']): Step | undefined {
  const [first, ...others] = steps
  if (!first) return undefined
  const sum = others.reduce(added, first)
  if (of === 'sum') return sum
  const value =
    of === 'max' ? Math.max(...steps.map((step) => step.value)) : sum.value / steps.length
  return { ...sum, value }
}

function weight({ series, steps }: Group): number {
  const counts = steps.reduce((sum, step) => sum + (step?.count ?? 0), 0)
  return series.counts
    ? counts
    : series.values.reduce<number>((sum, value) => sum + Math.abs(value ?? 0), 0)
}

/** The value of a label, as text. */
export function label(series: LabelledSeries, key: string): string | undefined {
  const value = series.attributes[key] ?? series.resource[key]
  if (value === undefined) return key === 'service.name' ? series.service : undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function groupKey(series: LabelledSeries, by: readonly string[]): string {
  return JSON.stringify(by.map((key) => label(series, key) ?? ''))
}

function seriesOf(row: Row): LabelledSeries {
  const { attributes } = JSON.parse(String(row['json'])) as StoredOrigin
  return {
    id: Number(row['id']),
    metric: String(row['metric']),
    kind: String(row['kind']) as MetricKind,
    unit: String(row['unit']),
    description: String(row['description']),
    temporality: Number(row['temporality']),
    service: String(row['service']),
    resource: plainAttributes(attributes),
    attributes: plainAttributes(JSON.parse(String(row['attributes'])) as StoredAttributes),
  }
}
