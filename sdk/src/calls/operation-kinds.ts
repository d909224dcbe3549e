import type { Operation } from './genai.ts'
import type { Metric } from '../metrics.ts'
import * as metrics from '../metrics.ts'

/** What an operation is to the telemetry: which of the metrics it has, and whether a model answers. */
export interface OperationKind {
  /** Whether a model answers: an agent counts it, counters sum its tokens, the details event tells of it. */
  readonly isInference: boolean
  /** Whether it uses tokens, which cost something. */
  readonly isBilled: boolean
  readonly duration: Metric
  readonly inputTokens?: Metric
  readonly outputTokens?: Metric
}

const INFERENCE: OperationKind = {
  isInference: true,
  isBilled: true,
  duration: metrics.inferenceDuration,
  inputTokens: metrics.inferenceInputTokens,
  outputTokens: metrics.inferenceOutputTokens,
}

const EMBEDDINGS: OperationKind = {
  isInference: false,
  isBilled: true,
  duration: metrics.embeddingsDuration,
  inputTokens: metrics.embeddingsInputTokens,
}

/** Any other request to a provider: it takes time, and no token is used. */
const PLAIN: OperationKind = {
  isInference: false,
  isBilled: false,
  duration: metrics.operationDuration,
}

/** By the value of `gen_ai.operation.name`; all others are plain. */
const KINDS: Readonly<Partial<Record<Operation, OperationKind>>> = {
  chat: INFERENCE,
  generate_content: INFERENCE,
  text_completion: INFERENCE,
  embeddings: EMBEDDINGS,
}

export function kindOf(operation: Operation): OperationKind {
  return KINDS[operation] ?? PLAIN
}
