import type { Method } from '../../calls/adapter.ts'
import { contentParts, toMessage, toolDefinitions } from './content.ts'
import { foldEvent, type FoldedMessage } from './fold.ts'
import { usageOf } from './usage.ts'
import type { Message, MessageRequest, RequestOptions, StreamEvent } from './wire.ts'

/** How the conventions call the reasons for which a message ends; one that is not here keeps its name. */
const FINISH_REASONS: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
}

/** Messages, streamed or not; every helper of the client's comes by here. */
export const messages: Method<MessageRequest, Message | FoldedMessage, StreamEvent> = {
  operation: 'chat',
  request: (request, options) => ({
    model: request.model,
    stream: request.stream || undefined,
    maxTokens: request.max_tokens,
    temperature: request.temperature,
    topP: request.top_p,
    topK: request.top_k,
    stopSequences: request.stop_sequences,
    outputType: outputType(request),
    reasoningLevel: request.output_config?.effort,
    conversationId: (options as RequestOptions | undefined)?.openTelemetry?.conversationId,
    serviceTier: request.service_tier === 'auto' ? undefined : request.service_tier,
    messages: () => request.messages.map(toMessage),
    instructions: () => contentParts(request.system),
    tools: () => toolDefinitions(request.tools),
  }),
  response: (message) => ({
    id: message.id,
    model: message.model,
    finishReasons: finishReasons(message),
    serviceTier: message.usage?.service_tier ?? undefined,
    usage: usageOf(message.usage),
    messages: () => [{ role: message.role, parts: contentParts(message.content) }],
  }),
  fold: (message, event, content) =>
    foldEvent(message as FoldedMessage | undefined, event, content),
}

function finishReasons({ stop_reason }: Message): string[] | undefined {
  return stop_reason ? [FINISH_REASONS[stop_reason] ?? stop_reason] : undefined
}

function outputType({ output_config, output_format }: MessageRequest): 'json' | undefined {
  const format = output_config?.format ?? output_format
  return format?.type === 'json_schema' ? 'json' : undefined
}
