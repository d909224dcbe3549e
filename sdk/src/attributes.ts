import type { Attributes } from '@opentelemetry/api'
import type { Failure } from './errors.ts'
import type { GenAiRequest, GenAiResponse, Operation, Usage } from './genai.ts'
import { settings } from './options.ts'
import type { Server } from './server.ts'

/**
 * Attribute names: GenAI semantic conventions v0.1.0, and `llmscope.*` for what no convention names.
 * This file and `metrics.ts` are the only ones that know them.
 */

type Value = string | number | boolean | string[] | undefined

/** How span attributes follow from a request: one name, one reading. */
const REQUEST: ReadonlyArray<readonly [string, (request: GenAiRequest) => Value]> = [
  ['gen_ai.request.model', (request) => request.model],
  ['gen_ai.request.stream', (request) => request.stream || undefined],
  [
    'gen_ai.request.choice.count',
    ({ choiceCount }) => (choiceCount === 1 ? undefined : choiceCount),
  ],
  ['gen_ai.request.max_tokens', (request) => request.maxTokens],
  ['gen_ai.request.temperature', (request) => request.temperature],
  ['gen_ai.request.top_p', (request) => request.topP],
  ['gen_ai.request.frequency_penalty', (request) => request.frequencyPenalty],
  ['gen_ai.request.presence_penalty', (request) => request.presencePenalty],
  ['gen_ai.request.seed', (request) => request.seed],
  ['gen_ai.request.stop_sequences', ({ stopSequences }) => stopSequences && [...stopSequences]],
  ['gen_ai.output.type', (request) => request.outputType],
  ['gen_ai.request.reasoning.level', (request) => request.reasoningLevel],
  ['gen_ai.request.previous_response.id', (request) => request.previousResponseId],
  ['gen_ai.conversation.id', (request) => request.conversationId],
  [
    'gen_ai.request.encoding_formats',
    ({ encodingFormats }) => encodingFormats && [...encodingFormats],
  ],
  ['gen_ai.embeddings.dimension.count', (request) => request.dimensionCount],
  ['openai.api.type', (request) => request.apiType],
  [
    'openai.request.service_tier',
    ({ serviceTier }) => (serviceTier === 'auto' ? undefined : serviceTier),
  ],
]

const RESPONSE: ReadonlyArray<readonly [string, (response: GenAiResponse) => Value]> = [
  ['gen_ai.response.id', (response) => response.id],
  ['gen_ai.response.model', (response) => response.model],
  ['gen_ai.response.finish_reasons', ({ finishReasons }) => finishReasons && [...finishReasons]],
  ['gen_ai.response.status', (response) => response.status],
  ['openai.response.service_tier', (response) => response.serviceTier],
  ['openai.response.system_fingerprint', (response) => response.systemFingerprint],
]

const USAGE: ReadonlyArray<readonly [string, (usage: Usage) => Value]> = [
  ['gen_ai.usage.input_tokens', (usage) => usage.input],
  ['gen_ai.usage.output_tokens', (usage) => usage.output],
  ['gen_ai.usage.cache_read.input_tokens', (usage) => usage.cacheRead],
  ['gen_ai.usage.cache_write.input_tokens', (usage) => usage.cacheWrite],
  ['gen_ai.usage.reasoning.output_tokens', (usage) => usage.reasoning],
  ['gen_ai.usage.audio.input_tokens', (usage) => usage.audioInput || undefined],
  ['gen_ai.usage.audio.output_tokens', (usage) => usage.audioOutput || undefined],
]

/** What the 1.41 conventions called some of these; `both` sends the two names side by side. */
const FORMER: Readonly<Record<string, string>> = {
  'gen_ai.usage.cache_write.input_tokens': 'gen_ai.usage.cache_creation.input_tokens',
  'gen_ai.provider.name': 'gen_ai.system',
}

/** Span attributes that are known when a call starts. */
export function requestAttributes(
  operation: Operation,
  request: GenAiRequest,
  server: Server,
): Attributes {
  const attributes: Attributes = { 'gen_ai.operation.name': operation }
  set(attributes, 'gen_ai.provider.name', server.provider)
  set(attributes, 'server.address', server.address)
  set(attributes, 'server.port', server.port)
  read(attributes, REQUEST, request)
  return attributes
}

/** Span attributes that the answer tells. */
export function responseAttributes(response: GenAiResponse): Attributes {
  const attributes: Attributes = {}
  read(attributes, RESPONSE, response)
  if (response.usage) read(attributes, USAGE, response.usage)
  return attributes
}

/** What a failure adds to a span and to a duration metric. */
export function failureAttributes({ type, category }: Failure): Attributes {
  return { 'error.type': type, 'llmscope.error.category': category }
}

/** The few attributes that metrics may carry: every one multiplies the number of time series. */
export function metricAttributes(
  operation: Operation,
  request: GenAiRequest,
  response: GenAiResponse,
  server: Server,
): Attributes {
  const attributes: Attributes = {
    'gen_ai.operation.name': operation,
    'gen_ai.provider.name': server.provider,
  }
  if (request.model !== undefined) attributes['gen_ai.request.model'] = request.model
  if (response.model !== undefined) attributes['gen_ai.response.model'] = response.model
  if (server.address !== undefined) attributes['server.address'] = server.address
  if (server.port !== undefined) attributes['server.port'] = server.port
  return attributes
}

/** Names of single attributes that the core sets by hand. */
export const names = {
  timeToFirstChunk: 'gen_ai.response.time_to_first_chunk',
  inputMessages: 'gen_ai.input.messages',
  outputMessages: 'gen_ai.output.messages',
  systemInstructions: 'gen_ai.system_instructions',
  toolDefinitions: 'gen_ai.tool.definitions',
  resendCount: 'http.request.resend_count',
  httpStatus: 'http.response.status_code',
  /** `cancelled` or `abandoned`; absent where the application read to the end or the call failed. */
  streamOutcome: 'llmscope.stream.outcome',
  tokenModality: 'gen_ai.token.modality',
  tokenType: 'gen_ai.token.type',
  detailsEvent: 'gen_ai.client.inference.operation.details',
} as const

function read<Source>(
  attributes: Attributes,
  table: ReadonlyArray<readonly [string, (source: Source) => Value]>,
  source: Source,
): void {
  for (const [name, value] of table) set(attributes, name, value(source))
}

function set(attributes: Attributes, name: string, value: Value): void {
  if (value === undefined || value === null) return
  const former = settings().semconv === 'latest' ? undefined : FORMER[name]
  if (former !== undefined) attributes[former] = value
  if (former === undefined || settings().semconv === 'both' || name === 'gen_ai.provider.name') {
    attributes[name] = value
  }
}
