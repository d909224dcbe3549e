import type { Attributes } from './general.ts'

export interface Percentiles {
  readonly p50: number
  readonly p90: number
  readonly p95: number
  readonly p99: number
}

export type MetricKind =
  | 'gauge'
  | 'counter'
  | 'updowncounter'
  | 'histogram'
  | 'exponential_histogram'
  | 'summary'

export interface MetricInfo {
  readonly name: string
  readonly kind: MetricKind
  readonly unit: string
  readonly description: string
  readonly series: number
  /** Of its newest point. */
  readonly last: number
  readonly services: readonly string[]
  /** Attributes of its points, and how many values each has. */
  readonly attributes: ReadonlyArray<{ readonly name: string; readonly values: number }>
}

/** `GET /data/metrics`, by name. */
export interface MetricList {
  readonly metrics: readonly MetricInfo[]
}

export interface Series {
  /** The values that this group has of what was grouped by; the service is `service.name`. */
  readonly group: Readonly<Record<string, string>>
  /**
   * By step; `null` where there is no point. Of a gauge its last value (of several series the mean, or the sum or
   * maximum that was asked for), of a counter what it grew by per second, of a histogram the mean of what was recorded.
   */
  readonly values: ReadonlyArray<number | null>
  /** Of histograms: what was recorded, by step. */
  readonly counts?: readonly number[]
  /** Of histograms, by step; estimated within buckets. */
  readonly percentiles?: Readonly<Record<keyof Percentiles, ReadonlyArray<number | null>>>
}

/**
 * `GET /data/metrics/query`. Query: `name`; `by` (an attribute, may be repeated), `where` (`attribute=value`, may be
 * repeated), `from`, `to`, `step` as of the overview, `of` (for gauges: `mean`, `sum` or `max`). At most 100 series, the
 * greatest.
 */
export interface MetricQuery {
  readonly metric: MetricInfo
  readonly from: number
  readonly to: number
  readonly step: number
  /** Starts of the steps. */
  readonly times: readonly number[]
  readonly series: readonly Series[]
  /** Of histograms, over all series. */
  readonly heatmap?: Heatmap
  /** Series that were left out. */
  readonly omitted: number
}

export interface Heatmap {
  /** Upper bounds of the buckets, growing; the last bucket has none. */
  readonly bounds: readonly number[]
  /** By step, then by bucket: how many fell there. */
  readonly counts: ReadonlyArray<readonly number[]>
}

export interface Latest {
  readonly metric: string
  readonly unit: string
  readonly attributes: Attributes
  readonly time: number
  /** Of a counter its total. */
  readonly value: number
}

export interface Gpu {
  /** `hw.id`. */
  readonly id: string
  readonly name?: string
  readonly latest: readonly Latest[]
}

export interface Host {
  /** `host.id`, else `host.name`, else the service's instance. */
  readonly id: string
  readonly name: string
  readonly attributes: Attributes
  /** Of its newest point. */
  readonly updated: number
  readonly gpus: readonly Gpu[]
  /** Of everything but its GPUs. */
  readonly latest: readonly Latest[]
}

/** `GET /data/hosts`. Their curves are `/data/metrics/query` with `where=host.id=…` (or `host.name`, `hw.id`). */
export interface HostList {
  readonly hosts: readonly Host[]
}
