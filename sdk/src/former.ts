import * as v141 from './metrics-v1-41.ts'
import * as metrics from './metrics.ts'
import type { Metric } from './metrics.ts'

/** What semantic conventions 1.41 called attributes of today. What is not here had the same name, or none. */
export const formerAttributes: Readonly<Record<string, string>> = {
  'gen_ai.usage.cache_write.input_tokens': 'gen_ai.usage.cache_creation.input_tokens',
  'gen_ai.provider.name': 'gen_ai.system',
  'gen_ai.retrieval.top_k': 'gen_ai.request.top_k',
}

/** What it called the name of a workflow, which is today that of an agent. */
export const formerWorkflowName = 'gen_ai.workflow.name'

/** What it called metrics of today, tokens aside, which it counted in another way. One duration served all client operations. */
export const formerMetrics: ReadonlyMap<Metric, Metric> = new Map([
  [metrics.inferenceDuration, metrics.operationDuration],
  [metrics.embeddingsDuration, metrics.operationDuration],
  [metrics.timeToFirstChunk, v141.timeToFirstChunk],
  [metrics.timePerOutputChunk, v141.timePerOutputChunk],
])
