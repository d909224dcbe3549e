import type { Attributes } from '@opentelemetry/api'
import { failureAttributes, names } from '../attributes.ts'
import { countCall } from './call-counters.ts'
import type { Failure } from './errors.ts'
import { formerMetrics } from '../former.ts'
import type { Usage } from './genai.ts'
import { measure, measureAll } from '../measure.ts'
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

/** Records a value under the names that are asked for. */
export function measureNamed(metric: Metric, value: number, attributes: Attributes): void {
  const former = formerOf(metric)
  if (!isReplaced(former)) measure(metric, value, attributes)
  if (former) measure(former, value, attributes)
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
  measureNamed(call.kind.duration, call.duration, outcome)
  if (call.timeToFirstChunk !== undefined) {
    measureNamed(metrics.timeToFirstChunk, call.timeToFirstChunk, attributes)
  }
  const { semconv } = settings()
  const countsTokens = call.kind.isInference && semconv !== 'v1_41'
  countCall(call.series, { usage: countsTokens ? call.usage : undefined, bill: call.bill })
  if (semconv !== 'v1_41') measureTokens(call, outcome)
  if (semconv !== 'latest') measureFormerTokens(call.usage, outcome)
}

/** Records the gaps before chunks of a stream that are not its first, in seconds. */
export function measureGaps({ attributes }: Series, gaps: readonly number[]): void {
  const former = formerOf(metrics.timePerOutputChunk)
  if (!isReplaced(former)) measureAll(metrics.timePerOutputChunk, gaps, attributes)
  if (former) measureAll(former, gaps, attributes)
}

function measureTokens(call: Measurements, outcome: Attributes): void {
  // a failed call used no token that anybody told of: it counts as 0, so that shares add up
  const usage = call.usage ?? (call.failure && { input: 0, output: 0 })
  const { inputTokens, outputTokens } = call.kind
  if (inputTokens) record(inputTokens, usage?.input, outcome)
  if (outputTokens) record(outputTokens, usage?.output, outcome)
}

function measureFormerTokens(usage: Usage | undefined, outcome: Attributes): void {
  for (const type of ['input', 'output'] as const) {
    record(v141.tokenUsage, usage?.[type], { ...outcome, [names.tokenType]: type })
  }
}

function record(metric: Metric, value: number | undefined, attributes: Attributes): void {
  if (value !== undefined && value !== null) measure(metric, value, attributes)
}
