import type { Method } from '../../calls/adapter.ts'
import type { GenAiRequest, GenAiResponse } from '../../calls/genai.ts'
import { toMessage, toolDefinitions, toParts } from './content.ts'
import { foldEvent } from './fold.ts'
import { modelName } from './model.ts'
import { usageOf } from './usage.ts'
import type {
  Command,
  ConverseEvent,
  ConverseRequest,
  ConverseResponse,
  SendOptions,
} from './wire.ts'

/** How the conventions call the reasons for which a message ends; one that is not here keeps its name. */
const FINISH_REASONS: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  content_filtered: 'content_filter',
  guardrail_intervened: 'content_filter',
  malformed_model_output: 'error',
  malformed_tool_use: 'error',
}

/** One turn of a conversation. */
export const converse: Method<Command<ConverseRequest>, ConverseResponse> = {
  operation: 'chat',
  request: ({ input }, options) => ({ ...readRequest(input), isCancelled: cancelledBy(options) }),
  response: readResponse,
}

/** The same, streamed. */
export const converseStream: Method<Command<ConverseRequest>, ConverseResponse, ConverseEvent> = {
  ...converse,
  request: (...call) => ({ ...converse.request(...call), stream: true }),
  fold: foldEvent,
  stream: (returned) => (returned as { readonly stream?: unknown } | undefined)?.stream,
}

/** Amazon Nova's own bodies, which are Converse's. */
export const nova: Method<ConverseRequest, ConverseResponse, ConverseEvent> = {
  operation: 'chat',
  request: readRequest,
  response: readResponse,
  fold: foldEvent,
}

/** Whether the application has called a request off. */
export function cancelledBy(options: unknown): () => boolean {
  return () => (options as SendOptions | undefined)?.abortSignal?.aborted ?? false
}

function readRequest(request: ConverseRequest): GenAiRequest {
  const { inferenceConfig: config = {} } = request
  return {
    model: modelName(request.modelId),
    maxTokens: config.maxTokens ?? config.max_new_tokens,
    temperature: config.temperature,
    topP: config.topP,
    stopSequences: config.stopSequences,
    outputType: request.outputConfig?.textFormat?.type === 'json_schema' ? 'json' : undefined,
    ...readOwn(request),
    guardrailId: request.guardrailConfig?.guardrailIdentifier,
    serviceTier: request.serviceTier?.type,
    messages: () => (request.messages ?? []).map(toMessage),
    instructions: () => toParts(request.system),
    tools: () => toolDefinitions(request.toolConfig?.tools),
  }
}

/** What each vendor calls by a name of its own. */
function readOwn(request: ConverseRequest): Pick<GenAiRequest, 'topK' | 'reasoningLevel'> {
  const { inferenceConfig, additionalModelRequestFields: own = {} } = request
  const { output_config, reasoning_effort, reasoningConfig } = own
  return {
    topK: inferenceConfig?.topK ?? own.inferenceConfig?.topK ?? own.top_k,
    reasoningLevel:
      output_config?.effort ?? reasoning_effort ?? reasoningConfig?.maxReasoningEffort,
  }
}

function readResponse(response: ConverseResponse): GenAiResponse {
  const { output, stopReason, usage, serviceTier, trace } = response
  return {
    // told only where a router has chosen it
    model: modelName(trace?.promptRouter?.invokedModelId),
    finishReasons: stopReason ? [FINISH_REASONS[stopReason] ?? stopReason] : undefined,
    usage: usageOf(usage),
    serviceTier: serviceTier?.type,
    messages: () => (output?.message ? [toMessage(output.message)] : []),
  }
}
