import type { Attributes } from '@opentelemetry/api'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { Histogram } from '@opentelemetry/sdk-metrics'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'

/** What a point needs to know of its metric, of the SDK's or of the agent's own. */
export interface PointMetric {
  readonly name: string
  readonly instrument: 'counter' | 'gauge' | 'histogram' | 'updowncounter'
  readonly unit: string
  readonly description: string
}

/** One value at a moment of its own. All times are milliseconds since 1970. */
export interface TrainingPoint {
  readonly metric: PointMetric
  readonly value: number | Histogram
  readonly attributes: Attributes
  readonly time: number
  /** When a counter or a histogram began. */
  readonly since?: number
}

/** Where the telemetry of runs goes. */
export interface Outlet {
  readonly point: (point: TrainingPoint) => void
  readonly span: (span: Omit<ReadableSpan, 'resource' | 'instrumentationScope'>) => void
  readonly record: (record: Omit<ReadableLogRecord, 'resource' | 'instrumentationScope'>) => void
}
