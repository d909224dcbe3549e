import type { Method } from '../../calls/adapter.ts'
import type { GenAiRequest, GenAiResponse, Usage } from '../../calls/genai.ts'
import { bodyOf } from './bodies/index.ts'
import { cancelledBy } from './converse.ts'
import { modelName } from './model.ts'
import { usageOf } from './usage.ts'
import type { Body, Command, InvokeEvent, InvokeRequest, InvokeResponse } from './wire.ts'

/** Larger bodies hold images or books: what is in them is read where content is captured only. */
const MOST_BYTES = 100_000

const NOTHING: object = {}

/** What the last chunk of a stream tells beside the vendor's own. */
interface Metrics {
  readonly inputTokenCount?: number
  readonly outputTokenCount?: number
  readonly cacheReadInputTokenCount?: number
  readonly cacheWriteInputTokenCount?: number
}

interface Chunk {
  readonly 'amazon-bedrock-invocationMetrics'?: Metrics
}

/** A vendor's answer as far as it has come, and what Bedrock has counted. */
interface Folded {
  readonly answer: unknown
  readonly metrics?: Metrics | undefined
}

type Invoke = Method<Command<InvokeRequest>, InvokeResponse>
type InvokeStream = Method<Command<InvokeRequest>, Folded, InvokeEvent>

const whole = new Map<Method, Invoke>()
const streamed = new Map<Method, InvokeStream>()

/** How to read a call that sends a body in the words of a model's vendor. */
export function invoke({ input }: Command<InvokeRequest>): Invoke {
  return made(whole, bodyOf(input.modelId), wholeOf)
}

/** The same, streamed. */
export function invokeStream({ input }: Command<InvokeRequest>): InvokeStream {
  return made(streamed, bodyOf(input.modelId), streamOf)
}

/** Token counting: what it answers is no use of tokens. */
export const countTokens: Invoke = {
  operation: 'count_tokens',
  request: ({ input }, options) => ({
    model: modelName(input.modelId),
    isCancelled: cancelledBy(options),
  }),
  response: () => ({}),
}

function made<Made>(known: Map<Method, Made>, body: Method, make: (body: Method) => Made): Made {
  let method = known.get(body)
  if (!method) known.set(body, (method = make(body)))
  return method
}

function wholeOf(body: Method): Invoke {
  return {
    operation: body.operation,
    request: ({ input }, options) => readRequest(body, input, options),
    response: ({ body: bytes, serviceTier }) => ({ ...body.response(parsed(bytes)), serviceTier }),
  }
}

function streamOf(body: Method): InvokeStream {
  return {
    operation: body.operation,
    request: ({ input }, options) => ({ ...readRequest(body, input, options), stream: true }),
    response: ({ answer, metrics }) => readStreamed(body, answer, metrics),
    fold: (folded, { chunk }, content) => {
      const event = parsed(chunk?.bytes) as Chunk
      const answer = body.fold?.(folded?.answer, event, content)
      return { answer, metrics: event['amazon-bedrock-invocationMetrics'] ?? folded?.metrics }
    },
    stream: (returned) => (returned as { readonly body?: unknown } | undefined)?.body,
  }
}

function readRequest(body: Method, input: InvokeRequest, options: unknown): GenAiRequest {
  const small = sizeOf(input.body) <= MOST_BYTES
  const read = (): GenAiRequest => body.request(parsed(input.body))
  const told = small ? read() : { model: undefined }
  const { messages, instructions, tools } = small ? told : late(read)
  return {
    ...told,
    model: modelName(input.modelId),
    // whose vendors' protocol a model speaks is no matter of Bedrock's
    apiType: undefined,
    stream: undefined,
    guardrailId: input.guardrailIdentifier,
    serviceTier: input.serviceTier,
    isCancelled: cancelledBy(options),
    ...(messages && { messages }),
    ...(instructions && { instructions }),
    ...(tools && { tools }),
  }
}

/** The content of a body that is read when somebody asks for it. */
function late(read: () => GenAiRequest): Pick<GenAiRequest, 'messages' | 'instructions' | 'tools'> {
  let request: GenAiRequest | undefined
  const known = (): GenAiRequest => (request ??= read())
  return {
    messages: () => known().messages?.() ?? [],
    instructions: () => known().instructions?.() ?? [],
    tools: () => known().tools?.() ?? [],
  }
}

function readStreamed(body: Method, answer: unknown, metrics: Metrics | undefined): GenAiResponse {
  const response = answer === undefined ? {} : body.response(answer)
  return { ...response, usage: response.usage ?? countedBy(metrics) }
}

function countedBy(metrics: Metrics | undefined): Usage | undefined {
  const { inputTokenCount: inputTokens, outputTokenCount: outputTokens, ...cache } = metrics ?? {}
  return metrics && usageOf({ inputTokens, outputTokens, ...cache } as object)
}

function sizeOf(body: Body | undefined): number {
  return typeof body === 'string' ? body.length : (body?.byteLength ?? 0)
}

/** What a body says; nothing where it is no JSON, which is for the provider to say. */
function parsed(body: Body | undefined): object {
  if (body === undefined) return NOTHING
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  try {
    return Object(JSON.parse(text)) as object
  } catch {
    return NOTHING
  }
}
