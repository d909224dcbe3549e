import type { Attributes } from './general.ts'

export interface RunSummary {
  readonly id: string
  readonly name: string
  readonly service: string
  /** Of the first that is known of it. */
  readonly started: number
  /** Of the last that is known of it. */
  readonly updated: number
  /** `running` until it says how it ended. */
  readonly outcome: string
  readonly model?: string
  readonly dataset?: string
  readonly hyperparameters: Attributes
  /** Last values, by the metric's name: `training.loss`, or `training.evaluation` with `/evaluation/metric`. */
  readonly metrics: Readonly<Record<string, number>>
  /** `training.summary.*` of its end, without that prefix. */
  readonly summary: Attributes
  readonly checkpoints: number
  readonly anomalies: number
  readonly traceId?: string
}

/** `GET /data/runs`, newest first. */
export interface RunList {
  readonly runs: readonly RunSummary[]
}

export interface Checkpoint {
  readonly time: number
  readonly step?: number
  readonly path?: string
  readonly duration: number
  readonly failed: boolean
}

export interface Anomaly {
  readonly time: number
  readonly type: string
  readonly step?: number
  readonly attributes: Attributes
}

/** An epoch or an evaluation. */
export interface RunPhase {
  readonly kind: 'epoch' | 'evaluation'
  readonly name: string
  readonly time: number
  readonly duration: number
  readonly step?: number
  readonly attributes: Attributes
}

/** `GET /data/runs/{id}`. */
export interface RunDetail {
  readonly run: RunSummary
  /** Names that `/data/runs/series` takes. */
  readonly series: readonly string[]
  readonly checkpoints: readonly Checkpoint[]
  readonly anomalies: readonly Anomaly[]
  readonly phases: readonly RunPhase[]
  readonly spanTraceIds: readonly string[]
}

/** Points of one value of one run; `steps` where the run told them (`null` elsewhere), by time. */
export interface RunSeries {
  readonly run: string
  readonly metric: string
  readonly times: readonly number[]
  readonly steps: ReadonlyArray<number | null>
  readonly values: readonly number[]
}

/** `GET /data/runs/series`. Query: `run` and `metric`, each may be repeated; `limit` of points each (2,000). */
export interface RunSeriesList {
  readonly series: readonly RunSeries[]
}
