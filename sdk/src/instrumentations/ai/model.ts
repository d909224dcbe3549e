import type { Adapter, Method } from '../../calls/adapter.ts'
import type { GenAiRequest, GenAiResponse, Usage } from '../../calls/genai.ts'
import { Recorder } from '../../calls/recorder.ts'
import type { Followed } from '../../frameworks/channel.ts'
import { guard } from '../../guard.ts'
import { causeOf } from './errors.ts'
import {
  type ContentPart,
  instructionParts,
  messageOf,
  type ModelMessage,
  partOf,
} from './messages.ts'
import { type Chunk, foldChunk, watchModelStream } from './stream.ts'

/** What `ai` says of a call of a model when it begins. */
export interface ModelEvent {
  readonly callId: string
  readonly provider: string
  readonly modelId: string
  readonly instructions?: unknown
  readonly messages?: readonly ModelMessage[]
  readonly tools?: ReadonlyArray<{ readonly type: string; readonly name: string }>
  readonly maxOutputTokens?: number
  readonly temperature?: number
  readonly topP?: number
  readonly topK?: number
  readonly presencePenalty?: number
  readonly frequencyPenalty?: number
  readonly stopSequences?: readonly string[]
  readonly seed?: number
}

/** What a model gave back; of a stream what was folded of it. */
export interface ModelResult {
  readonly content?: readonly ContentPart[]
  readonly finishReason?: { readonly raw?: string; readonly unified?: string }
  readonly usage?: {
    readonly inputTokens?: { total?: number; cacheRead?: number; cacheWrite?: number }
    readonly outputTokens?: { total?: number; reasoning?: number }
    /** Of embeddings. */
    readonly tokens?: number
  }
  readonly response?: { readonly id?: string; readonly modelId?: string }
  readonly error?: unknown
}

/** Providers by the first part of the names that `ai` has for them, where the conventions have another. */
const PROVIDERS: Readonly<Record<string, string>> = {
  google: 'gcp.gemini',
  vertex: 'gcp.vertex_ai',
  azure: 'azure.ai.openai',
  'amazon-bedrock': 'aws.bedrock',
  mistral: 'mistral_ai',
  xai: 'x_ai',
  togetherai: 'together_ai',
  fireworks: 'fireworks_ai',
}

const providerOf = ({ provider }: ModelEvent): string => {
  const [name = provider] = provider.split('.', 1)
  return PROVIDERS[name] ?? name
}

const models: Adapter = {
  provider: 'unknown',
  module: 'ai',
  majors: [],
  files: [],
  targets: [],
  endpoint: (event) => ({ provider: providerOf(event as ModelEvent) }),
}

const methodOf = (operation: 'chat' | 'embeddings', stream: boolean): Method<ModelEvent> => ({
  operation,
  request: (event): GenAiRequest => ({
    model: event.modelId,
    ...(stream && { stream }),
    maxTokens: event.maxOutputTokens,
    temperature: event.temperature,
    topP: event.topP,
    topK: event.topK,
    presencePenalty: event.presencePenalty,
    frequencyPenalty: event.frequencyPenalty,
    seed: event.seed,
    stopSequences: event.stopSequences,
    messages: () => (event.messages ?? []).map(messageOf),
    instructions: () => instructionParts(event.instructions),
    tools: () => (event.tools ?? []).map(({ type, name }) => ({ type, name })),
  }),
  response: (result) => readResult(result as ModelResult),
  fold: (folded, chunk, content) =>
    foldChunk(folded as ModelResult | undefined, chunk as Chunk, content),
})

const METHODS = {
  chat: methodOf('chat', false),
  streamed: methodOf('chat', true),
  embeddings: methodOf('embeddings', false),
}

function readResult({ content, finishReason, usage, response, error }: ModelResult): GenAiResponse {
  const reason = finishReason?.raw ?? finishReason?.unified
  return {
    id: response?.id,
    model: response?.modelId,
    finishReasons: reason === undefined ? undefined : [reason],
    usage: usage && usageOf(usage),
    error,
    ...(content && { messages: () => [{ role: 'assistant', parts: content.map(partOf) }] }),
  }
}

function usageOf({ inputTokens, outputTokens, tokens }: NonNullable<ModelResult['usage']>): Usage {
  return {
    input: inputTokens?.total ?? tokens,
    output: outputTokens?.total,
    cacheRead: inputTokens?.cacheRead,
    cacheWrite: inputTokens?.cacheWrite,
    reasoning: outputTokens?.reasoning,
  }
}

/** A call of a model, without a span of its own where somebody else has one. */
export function modelCall(
  operation: 'chat' | 'embeddings',
  event: ModelEvent,
  isStreamed: boolean,
  isTraced: boolean,
): Followed {
  const method = METHODS[operation === 'chat' && isStreamed ? 'streamed' : operation]
  const recorder = new Recorder(models, method, event, [event], isTraced)
  return {
    context: recorder.context,
    end: (result) => {
      const stream = (result as { stream?: unknown } | undefined)?.stream
      const isWatched =
        stream instanceof ReadableStream &&
        guard('stream', () => {
          watchModelStream(stream, recorder)
          return true
        })
      if (isWatched !== true) recorder.end(result)
    },
    fail: (error) => recorder.fail(causeOf(error)),
  }
}
