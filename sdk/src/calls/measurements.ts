import type { Attributes } from '@opentelemetry/api'
import { failureAttributes, names } from '../attributes.ts'
import { countCall } from './call-counters.ts'
import type { Failure } from './errors.ts'
import { formerMetrics } from '../former.ts'
import type { Usage } from './genai.ts'
import { measure, measureInSeries } from '../measure.ts'
import * as v141 from '../metrics-v1-41.ts'
import * as metrics from '../metrics.ts'
import type { Metric } from '../metrics.ts'
import type { OperationKind } from './operation-kinds.ts'
import { settings } from '../options.ts'
import type { Bill } from '../prices/bill.ts'
import type { Series } from './series.ts'

/** What is measured of one finished call. */
export interface Measurements {
  readonly kind: OperationKind
  readonly series: Series
  /** Seconds from the call to its end. */
  readonly duration: number
  readonly timeToFirstChunk: number | undefined
  readonly usage: Usage | undefined
  readonly bill: Bill | undefined
  readonly failure: Failure | undefined
}

type Measure = typeof measure

/** Records a value under the names that are asked for. */
export function measureNamed(
  metric: Metric,
  value: number,
  attributes: Attributes,
  record: Measure = measure,
): void {
  const former = formerOf(metric)
  if (!isReplaced(former)) record(metric, value, attributes)
  if (former) record(former, value, attributes)
}

function formerOf(metric: Metric): Metric | undefined {
  return settings().semconv === 'latest' ? undefined : formerMetrics.get(metric)
}

function isReplaced(former: Metric | undefined): boolean {
  return former !== undefined && settings().semconv !== 'both'
}

/** Records a call's metrics. */
export function measureCall(call: Measurements): void {
  const { attributes } = call.series
  const outcome = call.failure ? { ...attributes, ...failureAttributes(call.failure) } : attributes
  const record = call.failure ? measure : measureInSeries
  measureNamed(call.kind.duration, call.duration, outcome, record)
  if (call.timeToFirstChunk !== undefined) {
    measureNamed(metrics.timeToFirstChunk, call.timeToFirstChunk, attributes, measureInSeries)
  }
  const { semconv } = settings()
  const countsTokens = call.kind.isInference && semconv !== 'v1_41'
  countCall(call.series, { usage: countsTokens ? call.usage : undefined, bill: call.bill })
  if (semconv !== 'v1_41') measureTokens(call, outcome, record)
  if (semconv !== 'latest') measureFormerTokens(call.usage, outcome)
}

/** Records the gaps before chunks of a stream that are not its first, in seconds. */
export function measureGaps({ attributes }: Series, gaps: readonly number[]): void {
  for (const gap of gaps) {
    measureNamed(metrics.timePerOutputChunk, gap, attributes, measureInSeries)
  }
}

function measureTokens(call: Measurements, outcome: Attributes, record: Measure): void {
  // a failed call used no token that anybody told of: it counts as 0, so that shares add up
  const usage = call.usage ?? (call.failure && { input: 0, output: 0 })
  const { inputTokens, outputTokens } = call.kind
  if (inputTokens) measureKnown(inputTokens, usage?.input, outcome, record)
  if (outputTokens) measureKnown(outputTokens, usage?.output, outcome, record)
}

function measureFormerTokens(usage: Usage | undefined, outcome: Attributes): void {
  for (const type of ['input', 'output'] as const) {
    measureKnown(v141.tokenUsage, usage?.[type], { ...outcome, [names.tokenType]: type }, measure)
  }
}

function measureKnown(
  metric: Metric,
  value: number | undefined,
  attributes: Attributes,
  record: Measure,
): void {
  if (value !== undefined && value !== null) record(metric, value, attributes)
}
