import type { AttributeName } from './catalogue/attributes.ts'

/** How one instrument is made and what its points may carry. */
export interface Metric {
  readonly name: string
  readonly instrument: 'counter' | 'gauge' | 'histogram' | 'updowncounter'
  readonly unit: string
  readonly description: string
  readonly attributes: readonly AttributeName[]
  /** The version of llmscope that had it first, where not 0.1.0. */
  readonly since?: string
  /** Upper bounds of the histogram's buckets. */
  readonly boundaries?: readonly number[]
}

// Bucket sets of the GenAI semantic conventions v0.1.0.
const SECONDS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
]
const TOKENS = [
  1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864,
]
const AGENT_SECONDS = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6]
const CALLS = [1, 2, 4, 8, 16, 32, 64, 128]
const SCORES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]

/** What the application says by `withContext`; of its tags those that it allows. */
const FACTS: readonly AttributeName[] = ['llmscope.variant', 'llmscope.tag.<key>']
const CLIENT: readonly AttributeName[] = [
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'server.address',
  'server.port',
  ...FACTS,
]
const FAILURE: readonly AttributeName[] = ['error.type', 'llmscope.error.category']

const seconds = (
  name: string,
  description: string,
  attributes: readonly AttributeName[],
): Metric => ({
  name,
  instrument: 'histogram',
  unit: 's',
  description,
  attributes,
  boundaries: SECONDS,
})

const usage = (direction: string, description: string): Metric => ({
  name: `gen_ai.client.inference.usage.${direction}_tokens`,
  instrument: 'counter',
  unit: '{token}',
  description,
  attributes: [...CLIENT, 'gen_ai.token.modality'],
})

const tokens = (name: string, description: string): Metric => ({
  name,
  instrument: 'histogram',
  unit: '{token}',
  description,
  attributes: [...CLIENT, ...FAILURE],
  boundaries: TOKENS,
})

const calls = (name: string, unit: string, description: string): Metric => ({
  name,
  instrument: 'histogram',
  unit,
  description,
  attributes: ['gen_ai.agent.name', ...FACTS],
  boundaries: CALLS,
})

const counter = (
  name: string,
  unit: string,
  description: string,
  attributes: readonly AttributeName[],
): Metric => ({
  name,
  instrument: 'counter',
  unit,
  description,
  attributes,
})

export const inferenceDuration: Metric = seconds(
  'gen_ai.client.inference.duration',
  'Duration of an inference call, retries and the whole stream included.',
  [...CLIENT, ...FAILURE],
)

export const timeToFirstChunk: Metric = seconds(
  'gen_ai.client.inference.time_to_first_chunk',
  'Time from the call to the first chunk of its stream.',
  CLIENT,
)

export const timePerOutputChunk: Metric = seconds(
  'gen_ai.client.inference.time_per_output_chunk',
  'Time between two consecutive chunks of a stream.',
  CLIENT,
)

export const inputTokens: Metric = usage(
  'input',
  'Input tokens that the provider counted, cached ones included.',
)

export const outputTokens: Metric = usage(
  'output',
  'Output tokens that the provider counted, reasoning included.',
)

export const cacheReadTokens: Metric = usage(
  'cache_read.input',
  'Input tokens that the provider read from its cache.',
)

export const cacheWriteTokens: Metric = usage(
  'cache_write.input',
  'Input tokens that the provider wrote to its cache.',
)

export const reasoningTokens: Metric = usage(
  'reasoning.output',
  'Output tokens that the model spent on reasoning.',
)

export const cost: Metric = counter(
  'llmscope.cost',
  '{USD}',
  'What calls cost by the list prices of their providers.',
  CLIENT,
)

export const unpricedCalls: Metric = counter(
  'llmscope.cost.unpriced_calls',
  '{call}',
  'Calls whose cost is unknown: no price for the model or tier, or no usage told.',
  [...CLIENT, 'llmscope.cost.unpriced_reason'],
)

export const inferenceInputTokens: Metric = tokens(
  'gen_ai.client.inference.operation.input_tokens',
  'Input tokens of one inference call.',
)

export const inferenceOutputTokens: Metric = tokens(
  'gen_ai.client.inference.operation.output_tokens',
  'Output tokens of one inference call.',
)

export const embeddingsDuration: Metric = seconds(
  'gen_ai.client.embeddings.duration',
  'Duration of an embeddings call.',
  [...CLIENT, ...FAILURE],
)

export const embeddingsInputTokens: Metric = tokens(
  'gen_ai.client.embeddings.operation.input_tokens',
  'Input tokens of one embeddings call.',
)

export const operationDuration: Metric = seconds(
  'gen_ai.client.operation.duration',
  'Duration of any other client operation, such as a retrieval.',
  [...CLIENT, ...FAILURE],
)

export const agentDuration: Metric = {
  ...seconds('gen_ai.invoke_agent.duration', 'Duration of one agent or workflow run.', [
    'gen_ai.operation.name',
    'gen_ai.agent.name',
    'gen_ai.request.model',
    ...FACTS,
    ...FAILURE,
  ]),
  boundaries: AGENT_SECONDS,
}

export const agentInferenceCalls: Metric = calls(
  'gen_ai.invoke_agent.inference_calls',
  '{inference_call}',
  'Inference calls that one agent run made.',
)

export const agentToolCalls: Metric = calls(
  'gen_ai.invoke_agent.tool_calls',
  '{tool_call}',
  'Tool calls that one agent run made.',
)

export const toolDuration: Metric = seconds(
  'gen_ai.execute_tool.duration',
  'Duration of one tool call.',
  ['gen_ai.tool.name', 'gen_ai.tool.type', 'gen_ai.agent.name', ...FACTS, ...FAILURE],
)

export const score: Metric = {
  name: 'llmscope.evaluation.score',
  instrument: 'histogram',
  unit: '1',
  description: 'Scores given to calls, agents or answers by `score()`.',
  attributes: [
    'gen_ai.evaluation.name',
    'gen_ai.evaluation.score.label',
    'gen_ai.provider.name',
    'gen_ai.request.model',
    ...FACTS,
  ],
  boundaries: SCORES,
}

export const telemetryFaults: Metric = counter(
  'llmscope.sdk.faults',
  '{fault}',
  'Faults in telemetry code that were kept from the application.',
  ['llmscope.fault.site'],
)

const operations = (state: string, instrument: Metric['instrument'], words: string): Metric => ({
  name: `llmscope.sdk.operations.${state}`,
  instrument,
  unit: '{operation}',
  description: `Calls, agents, tools and other operations that llmscope ${words}.`,
  attributes: [],
})

export const operationsStarted: Metric = operations('started', 'counter', 'has begun to record')

export const operationsEnded: Metric = operations('ended', 'counter', 'has recorded to their end')

export const operationsOpen: Metric = operations('open', 'updowncounter', 'is recording now')

export const doctorCanary: Metric = counter(
  'llmscope.doctor.canary',
  '{canary}',
  'What `llmscope doctor` sends, to see whether it arrives.',
  [],
)
