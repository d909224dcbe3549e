import type { Method } from '../../calls/adapter.ts'
import type { GenAiRequest, GenAiResponse, Part } from '../../calls/genai.ts'
import { choiceCount } from '../openai/messages.ts'
import { toMessage, toolDefinitions } from './content.ts'
import { foldEvent } from './fold.ts'
import { usageOf } from './usage.ts'
import type {
  ChatRequest,
  Completion,
  CompletionEvent,
  EmbeddingRequest,
  FillRequest,
  Parameters,
} from './wire.ts'

type Chat = Method<ChatRequest, Completion, CompletionEvent>
type Fill = Method<FillRequest, Completion, CompletionEvent>

/** A chat with a model, or with an agent, which has its model from elsewhere. */
export const chat: Chat = {
  operation: 'chat',
  request: (request) => ({
    ...readParameters(request),
    messages: () => (request.messages ?? []).map(toMessage),
    tools: () => toolDefinitions(request.tools),
  }),
  response: readCompletion,
}

export const chatStream: Chat = streamed(chat)

/** A completion between what stands before it and what comes after. */
export const fill: Fill = {
  operation: 'text_completion',
  request: (request) => ({
    ...readParameters(request),
    messages: () => [
      { role: 'user', parts: [...textPart(request.prompt), ...textPart(request.suffix)] },
    ],
  }),
  response: readCompletion,
}

export const fillStream: Fill = streamed(fill)

/** Embeddings. */
export const embeddings: Method<EmbeddingRequest, Completion> = {
  operation: 'embeddings',
  request: ({ model, outputDimension, encodingFormat }) => ({
    model,
    dimensionCount: outputDimension ?? undefined,
    encodingFormats: encodingFormat === undefined ? undefined : [encodingFormat],
  }),
  response: ({ model, usage }) => ({ model, usage: usage && { input: usage.promptTokens } }),
}

/** What a request says beside what it is about. */
export function readParameters(request: Parameters): GenAiRequest {
  const { stop, responseFormat, serviceTier } = request
  return {
    model: request.model ?? undefined,
    choiceCount: choiceCount(request.n),
    maxTokens: request.maxTokens ?? undefined,
    temperature: request.temperature ?? undefined,
    topP: request.topP ?? undefined,
    frequencyPenalty: request.frequencyPenalty ?? undefined,
    presencePenalty: request.presencePenalty ?? undefined,
    seed: request.randomSeed ?? undefined,
    stopSequences: typeof stop === 'string' ? [stop] : (stop ?? undefined),
    outputType: responseFormat ? outputTypeOf(responseFormat) : undefined,
    reasoningLevel: request.reasoningEffort ?? undefined,
    serviceTier: serviceTier ?? undefined,
  }
}

/** A schema of the application's has no such type. */
const outputTypeOf = ({ type }: { readonly type?: string }): 'text' | 'json' =>
  type === 'text' ? 'text' : 'json'

const textPart = (content: string | null | undefined): Part[] =>
  content ? [{ type: 'text', content }] : []

function streamed<Request>(
  method: Method<Request, Completion, CompletionEvent>,
): Method<Request, Completion, CompletionEvent> {
  return {
    ...method,
    request: (request) => ({ ...method.request(request), stream: true }),
    fold: foldEvent,
  }
}

function readCompletion({ id, model, choices = [], usage }: Completion): GenAiResponse {
  const reasons = choices.map(({ finishReason }) => finishReason)
  return {
    id,
    model,
    // a choice that never finished has no reason: `error`, as the conventions have it, where others do
    finishReasons: reasons.some(Boolean) ? reasons.map((reason) => reason ?? 'error') : undefined,
    usage: usageOf(usage),
    serviceTier: usage?.serviceTier ?? undefined,
    messages: () => choices.map(({ message = {} }) => toMessage(message)),
  }
}
