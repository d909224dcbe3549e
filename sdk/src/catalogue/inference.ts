import type { AttributeName } from './attributes.ts'
import { CONTENT, FACTS, FAILURE } from './carrier.ts'

const ENDPOINT: readonly AttributeName[] = ['server.address', 'server.port']

const COST: readonly AttributeName[] = ['llmscope.cost.amount', 'llmscope.cost.source']

/** What the HTTP requests under a call tell. */
const HTTP: readonly AttributeName[] = [
  'http.request.resend_count',
  'http.response.status_code',
  'llmscope.provider.request_id',
  'llmscope.rate_limit.<kind>.limit',
  'llmscope.rate_limit.<kind>.remaining',
  'llmscope.rate_limit.<kind>.reset',
]

/** What only a model in this process says, of which it says the first two of all that it does. */
const WEIGHTS: readonly AttributeName[] = ['llmscope.model.device', 'llmscope.model.dtype']

export const LOCAL: readonly AttributeName[] = [...WEIGHTS, 'llmscope.response.tokens_per_second']

/** Instructions are messages of its chats. */
const SAID = CONTENT.filter((name) => name !== 'gen_ai.system_instructions')

interface Carried {
  readonly always: readonly AttributeName[]
  readonly known: readonly AttributeName[]
  readonly captured?: readonly AttributeName[]
  readonly former: readonly AttributeName[]
}

/** What a call of a model says, on its span and its event. */
export const inference: Carried = {
  always: ['gen_ai.operation.name', 'gen_ai.provider.name'],
  known: [
    'gen_ai.request.model',
    ...ENDPOINT,
    'gen_ai.request.stream',
    'gen_ai.request.choice.count',
    'gen_ai.request.max_tokens',
    'gen_ai.request.temperature',
    'gen_ai.request.top_p',
    'gen_ai.request.top_k',
    'gen_ai.request.frequency_penalty',
    'gen_ai.request.presence_penalty',
    'gen_ai.request.seed',
    'gen_ai.request.stop_sequences',
    'gen_ai.request.reasoning.level',
    'gen_ai.request.previous_response.id',
    'gen_ai.output.type',
    'openai.api.type',
    'openai.request.service_tier',
    'anthropic.request.service_tier',
    'aws.bedrock.guardrail.id',
    'gen_ai.response.id',
    'gen_ai.response.model',
    'gen_ai.response.finish_reasons',
    'gen_ai.response.status',
    'gen_ai.response.time_to_first_chunk',
    'openai.response.service_tier',
    'openai.response.system_fingerprint',
    'anthropic.response.service_tier',
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.audio.input_tokens',
    'gen_ai.usage.audio.output_tokens',
    'gen_ai.usage.image.input_tokens',
    'gen_ai.usage.image.output_tokens',
    ...COST,
    ...HTTP,
    'llmscope.stream.outcome',
    ...FAILURE,
    ...FACTS,
  ],
  captured: CONTENT,
  former: ['gen_ai.system', 'gen_ai.usage.cache_creation.input_tokens'],
}

/** What a call of a model in this process says. */
export const localInference: Carried = {
  always: ['gen_ai.operation.name', 'gen_ai.provider.name'],
  known: [
    'gen_ai.request.model',
    'gen_ai.request.stream',
    'gen_ai.request.max_tokens',
    'gen_ai.request.temperature',
    'gen_ai.request.top_p',
    'gen_ai.request.top_k',
    'gen_ai.request.frequency_penalty',
    'gen_ai.request.presence_penalty',
    'gen_ai.request.seed',
    'gen_ai.request.stop_sequences',
    'gen_ai.response.finish_reasons',
    'gen_ai.response.time_to_first_chunk',
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.cache_read.input_tokens',
    ...LOCAL,
    ...COST,
    'llmscope.stream.outcome',
    ...FAILURE,
    ...FACTS,
  ],
  captured: SAID,
  former: ['gen_ai.system'],
}

/** What a call for embeddings says of a model in this process. */
export const localEmbeddings: Carried = {
  always: ['gen_ai.operation.name', 'gen_ai.provider.name'],
  known: [
    'gen_ai.request.model',
    'gen_ai.usage.input_tokens',
    ...WEIGHTS,
    ...COST,
    ...FAILURE,
    ...FACTS,
  ],
  former: ['gen_ai.system'],
}

/** What else a model in this process says of what it does. */
export const localPlain: Carried = {
  always: ['gen_ai.operation.name', 'gen_ai.provider.name'],
  known: ['gen_ai.request.model', ...WEIGHTS, ...FAILURE, ...FACTS],
  former: ['gen_ai.system'],
}

/** What a call for embeddings says. */
export const embeddings: Carried = {
  always: ['gen_ai.operation.name', 'gen_ai.provider.name'],
  known: [
    'gen_ai.request.model',
    ...ENDPOINT,
    'gen_ai.request.encoding_formats',
    'gen_ai.embeddings.dimension.count',
    'gen_ai.response.model',
    'gen_ai.usage.input_tokens',
    ...COST,
    ...HTTP,
    ...FAILURE,
    ...FACTS,
  ],
  former: ['gen_ai.system'],
}

/** What a request says for which no model answers. */
export const plain: Carried = {
  always: ['gen_ai.operation.name', 'gen_ai.provider.name'],
  known: ['gen_ai.request.model', ...ENDPOINT, ...HTTP, ...FAILURE, ...FACTS],
  former: ['gen_ai.system'],
}
