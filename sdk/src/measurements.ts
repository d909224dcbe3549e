import type { Attributes } from '@opentelemetry/api'
import { failureAttributes, names } from './attributes.ts'
import type { Failure } from './errors.ts'
import type { Operation, Usage } from './genai.ts'
import { measure } from './measure.ts'
import * as v141 from './metrics-v1-41.ts'
import * as metrics from './metrics.ts'
import type { Metric } from './metrics.ts'
import { settings } from './options.ts'
import type { Series } from './series.ts'
import { countTokens } from './token-counters.ts'

/** What is measured of one finished call. */
export interface Measurements {
  readonly operation: Operation
  readonly series: Series
  /** Seconds from the call to its end. */
  readonly duration: number
  readonly timeToFirstChunk: number | undefined
  readonly usage: Usage | undefined
  readonly failure: Failure | undefined
}

/** Records a call's metrics in every family of names that is asked for. */
export function measureCall(call: Measurements): void {
  const { semconv } = settings()
  const { attributes } = call.series
  const outcome = call.failure ? { ...attributes, ...failureAttributes(call.failure) } : attributes
  if (semconv !== 'v1_41') measureLatest(call, outcome)
  if (semconv !== 'latest') measureV141(call, outcome)
}

/** Records the gap before a chunk that is not the first, in seconds. */
export function measureChunk({ attributes }: Series, seconds: number): void {
  const { semconv } = settings()
  if (semconv !== 'v1_41') measure(metrics.timePerOutputChunk, seconds, attributes)
  if (semconv !== 'latest') measure(v141.timePerOutputChunk, seconds, attributes)
}

function measureLatest(call: Measurements, outcome: Attributes): void {
  // a failed call used no token that anybody told of: it counts as 0, so that shares add up
  const usage = call.usage ?? (call.failure && { input: 0, output: 0 })
  if (call.operation === 'embeddings') {
    measure(metrics.embeddingsDuration, call.duration, outcome)
    record(metrics.embeddingsInputTokens, usage?.input, outcome)
    return
  }
  measure(metrics.inferenceDuration, call.duration, outcome)
  record(metrics.timeToFirstChunk, call.timeToFirstChunk, call.series.attributes)
  record(metrics.inferenceInputTokens, usage?.input, outcome)
  record(metrics.inferenceOutputTokens, usage?.output, outcome)
  if (call.usage) countTokens(call.series, call.usage)
}

function measureV141(call: Measurements, outcome: Attributes): void {
  measure(v141.operationDuration, call.duration, outcome)
  record(v141.timeToFirstChunk, call.timeToFirstChunk, call.series.attributes)
  for (const type of ['input', 'output'] as const) {
    record(v141.tokenUsage, call.usage?.[type], { ...outcome, [names.tokenType]: type })
  }
}

function record(metric: Metric, value: number | undefined, attributes: Attributes): void {
  if (value !== undefined) measure(metric, value, attributes)
}
