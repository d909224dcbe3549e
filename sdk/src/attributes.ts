import type { Attributes, AttributeValue } from '@opentelemetry/api'
import type { Emitted, EmittedName } from './catalogue/emitted.ts'
import { contentString } from './content.ts'
import type { Failure } from './calls/errors.ts'
import { formerAttributes } from './former.ts'
import type { GenAiRequest, GenAiResponse, Operation, Usage } from './calls/genai.ts'
import { kindOf } from './calls/operation-kinds.ts'
import { settings } from './options.ts'
import type { Cost } from './prices/bill.ts'
import type { Server } from './calls/server.ts'

/**
 * Attribute names: GenAI semantic conventions v0.1.0, and `llmscope.*` for what no convention names.
 * This file and `metrics.ts` are the only ones that know them.
 */

type Table<Source> = ReadonlyArray<{ readonly name: EmittedName; readonly key: keyof Source }>

/** The keys of a source under which it has such values. */
type KeyOf<Source, Value> = {
  [Key in keyof Source]-?: Source[Key] extends Value ? Key : never
}[keyof Source]

const table = <Source>(keys: {
  readonly [Name in EmittedName]?: KeyOf<Source, Emitted[Name]>
}): Table<Source> =>
  (Object.entries(keys) as [EmittedName, keyof Source][]).map(([name, key]) => ({ name, key }))

const PARAMETERS: Table<GenAiRequest> = table({
  'gen_ai.request.stream': 'stream',
  'gen_ai.request.choice.count': 'choiceCount',
  'gen_ai.request.max_tokens': 'maxTokens',
  'gen_ai.request.temperature': 'temperature',
  'gen_ai.request.top_p': 'topP',
  'gen_ai.request.top_k': 'topK',
  'gen_ai.request.frequency_penalty': 'frequencyPenalty',
  'gen_ai.request.presence_penalty': 'presencePenalty',
  'gen_ai.request.seed': 'seed',
  'gen_ai.output.type': 'outputType',
  'gen_ai.request.reasoning.level': 'reasoningLevel',
  'gen_ai.request.previous_response.id': 'previousResponseId',
  'gen_ai.conversation.id': 'conversationId',
  'gen_ai.request.encoding_formats': 'encodingFormats',
  'gen_ai.embeddings.dimension.count': 'dimensionCount',
  'openai.api.type': 'apiType',
  'aws.bedrock.guardrail.id': 'guardrailId',
  'llmscope.model.device': 'device',
  'llmscope.model.dtype': 'dtype',
})

const RESPONSE: Table<GenAiResponse> = table({
  'gen_ai.response.id': 'id',
  'gen_ai.response.model': 'model',
  'gen_ai.response.finish_reasons': 'finishReasons',
  'gen_ai.response.status': 'status',
  'openai.response.system_fingerprint': 'systemFingerprint',
})

/** By the provider whose protocol a client speaks: the conventions have no name for all of them. */
const SERVICE_TIER: Readonly<
  Record<string, { readonly request: EmittedName; readonly response: EmittedName }>
> = {
  openai: { request: 'openai.request.service_tier', response: 'openai.response.service_tier' },
  // the client's own names, where it traces itself
  anthropic: {
    request: 'anthropic.request.service_tier',
    response: 'anthropic.response.service_tier',
  },
}

const USAGE: Table<Usage> = table({
  'gen_ai.usage.input_tokens': 'input',
  'gen_ai.usage.output_tokens': 'output',
  'gen_ai.usage.cache_read.input_tokens': 'cacheRead',
  'gen_ai.usage.cache_write.input_tokens': 'cacheWrite',
  'gen_ai.usage.reasoning.output_tokens': 'reasoning',
  'gen_ai.usage.audio.input_tokens': 'audioInput',
  'gen_ai.usage.audio.output_tokens': 'audioOutput',
  'gen_ai.usage.image.input_tokens': 'imageInput',
  'gen_ai.usage.image.output_tokens': 'imageOutput',
})

const COST: Table<Cost> = table({
  'llmscope.cost.amount': 'amount',
  'llmscope.cost.source': 'source',
})

const SERVER: Table<Server> = table({
  'gen_ai.provider.name': 'provider',
  'server.address': 'address',
  'server.port': 'port',
})

const ENDING: Table<Omit<Ending, 'failed'>> = table({
  'gen_ai.response.time_to_first_chunk': 'timeToFirstChunk',
  'llmscope.response.tokens_per_second': 'tokensPerSecond',
  'llmscope.stream.outcome': 'outcome',
})

/** Sent in every mode, and yet a text of the application's. */
const STOP = { kind: 'parameter', attribute: 'gen_ai.request.stop_sequences' } as const

const stopSequence = (text: string): string => contentString(text, STOP)

/** Who is asked for what: by these a sampler can decide when a call starts. */
export function callAttributes(
  operation: Operation,
  server: Server,
  model: string | undefined,
): Emitted {
  const attributes: Emitted = { 'gen_ai.operation.name': operation, ...serverAttributes(server) }
  if (model !== undefined) attributes['gen_ai.request.model'] = model
  return attributes
}

/** How it is asked. `protocol` is the provider whose API is spoken. */
export function parameterAttributes(protocol: string, request: GenAiRequest): Emitted {
  const attributes: Emitted = {}
  read(attributes, PARAMETERS, request)
  setServiceTier(attributes, SERVICE_TIER[protocol]?.request, request)
  const { stopSequences } = request
  if (stopSequences) attributes[STOP.attribute] = stopSequences.map(stopSequence)
  return attributes
}

/** Who serves a call, for a client that tells it with its request. */
export function serverAttributes(server: Server): Emitted {
  const attributes: Emitted = {}
  read(attributes, SERVER, server)
  return attributes
}

/** Adds what the answer tells, and what it costs. */
export function addResponse(
  attributes: Emitted,
  protocol: string,
  response: GenAiResponse,
  cost: Cost | undefined,
): void {
  read(attributes, RESPONSE, response)
  setServiceTier(attributes, SERVICE_TIER[protocol]?.response, response)
  if (response.usage) read(attributes, USAGE, response.usage)
  if (cost) read(attributes, COST, cost)
}

/** What a failure adds to a span and to a duration metric. */
export function failureAttributes({ type, category }: Failure): Emitted {
  return { 'error.type': type, 'llmscope.error.category': category }
}

/** How a call came out, and when. */
interface Ending {
  readonly timeToFirstChunk: number | undefined
  readonly tokensPerSecond: number | undefined
  readonly outcome: Emitted['llmscope.stream.outcome']
  readonly failed: Failure | undefined
}

/** Adds how the call came out. */
export function addEnding(attributes: Emitted, { failed, ...ending }: Ending): void {
  if (failed) Object.assign(attributes, failureAttributes(failed))
  read(attributes, ENDING, ending)
  if (failed?.status !== undefined) attributes[names.httpStatus] = failed.status
}

/** The few attributes that metrics may carry: every one multiplies the number of time series. */
export function metricAttributes(
  operation: Operation,
  server: Server,
  requestModel: string | undefined,
  responseModel: string | undefined,
): Emitted {
  const attributes = callAttributes(operation, server, requestModel)
  if (responseModel !== undefined) attributes['gen_ai.response.model'] = responseModel
  return attributes
}

/** Where GenAI conventions, OpenInference and OpenLLMetry say what a span is. */
const KINDS = ['gen_ai.operation.name', 'openinference.span.kind', 'llm.request.type']
const INFERENCES: ReadonlySet<unknown> = new Set([
  'chat',
  'text_completion',
  'generate_content',
  'LLM',
  'completion',
])
const EMBEDDINGS: ReadonlySet<unknown> = new Set(['embeddings', 'EMBEDDING', 'embedding'])

/** Whether a span of anybody's with these attributes tells of such an operation. */
export function isSpanOf(
  operation: Operation,
  attributes: Readonly<Record<string, unknown>>,
): boolean {
  if (!kindOf(operation).isBilled) return false
  const kinds = operation === 'embeddings' ? EMBEDDINGS : INFERENCES
  return KINDS.some((name) => kinds.has(attributes[name]))
}

/** Names of single attributes that the core sets by hand. */
export const names = {
  errorType: 'error.type',
  inputMessages: 'gen_ai.input.messages',
  outputMessages: 'gen_ai.output.messages',
  systemInstructions: 'gen_ai.system_instructions',
  toolDefinitions: 'gen_ai.tool.definitions',
  resendCount: 'http.request.resend_count',
  httpStatus: 'http.response.status_code',
  /** `cancelled` or `abandoned`; absent where the application read to the end or the call failed. */
  streamOutcome: 'llmscope.stream.outcome',
  /** `error`, `expensive` or `slow`: why a sampler should keep the trace. */
  keep: 'llmscope.keep',
  tokenModality: 'gen_ai.token.modality',
  tokenType: 'gen_ai.token.type',
  /** `no_usage`, `unknown_price` or `unknown_service_tier`. */
  unpricedReason: 'llmscope.cost.unpriced_reason',
  detailsEvent: 'gen_ai.client.inference.operation.details',
} as const

/** Sets an attribute that has a value, under the names that are asked for. */
export function setAttribute(
  attributes: Attributes,
  name: EmittedName,
  value: AttributeValue,
  former: string | undefined = formerAttributes[name],
): void {
  if (value === undefined || value === null) return
  const { semconv } = settings()
  const replaced = former !== undefined && semconv !== 'latest'
  if (replaced) attributes[former] = value
  // 1.41 had the provider's name already, beside the older one
  if (!replaced || semconv === 'both' || name === 'gen_ai.provider.name') attributes[name] = value
}

function setServiceTier(
  attributes: Attributes,
  name: EmittedName | undefined,
  { serviceTier }: { readonly serviceTier?: string | undefined },
): void {
  if (name !== undefined && serviceTier !== undefined) attributes[name] = serviceTier
}

function read<Source>(attributes: Attributes, entries: Table<Source>, source: Source): void {
  const isLatest = settings().semconv === 'latest'
  for (const { name, key } of entries) {
    const value = source[key]
    if (value === undefined || value === null) continue
    if (isLatest) attributes[name] = value
    else setAttribute(attributes, name, value)
  }
}
