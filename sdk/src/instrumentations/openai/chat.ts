import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionCreateParams,
  ChatCompletionMessage,
} from 'openai/resources/chat'
import type { Method } from '../../adapter.ts'
import {
  choiceCount,
  outputType,
  serviceTier,
  stopSequences,
  toMessage,
  toolDefinitions,
} from './messages.ts'

type Choice = ChatCompletion['choices'][number]

/** Chat completions, streamed or not. */
export const chat: Method<ChatCompletionCreateParams, ChatCompletion, ChatCompletionChunk> = {
  operation: 'chat',
  request: (request) => ({
    model: request.model,
    stream: request.stream || undefined,
    choiceCount: choiceCount(request.n),
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? undefined,
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    frequencyPenalty: request.frequency_penalty ?? undefined,
    presencePenalty: request.presence_penalty ?? undefined,
    seed: request.seed ?? undefined,
    stopSequences: stopSequences(request.stop),
    outputType: outputType(request.response_format?.type),
    reasoningLevel: request.reasoning_effort ?? undefined,
    apiType: 'chat_completions',
    serviceTier: serviceTier(request.service_tier),
    messages: () => request.messages.map(toMessage),
    tools: () => toolDefinitions(request.tools),
  }),
  response: (response) => ({
    id: response.id,
    model: response.model,
    finishReasons: finishReasons(response),
    serviceTier: response.service_tier ?? undefined,
    systemFingerprint: response.system_fingerprint ?? undefined,
    usage: response.usage && {
      input: response.usage.prompt_tokens,
      output: response.usage.completion_tokens,
      cacheRead: response.usage.prompt_tokens_details?.cached_tokens,
      reasoning: response.usage.completion_tokens_details?.reasoning_tokens,
      audioInput: response.usage.prompt_tokens_details?.audio_tokens,
      audioOutput: response.usage.completion_tokens_details?.audio_tokens,
    },
    messages: () => response.choices.map(({ message }) => toMessage(message)),
  }),
  fold: (response, chunk, content) => {
    const whole = response ?? begin(chunk)
    // Azure's first chunk holds only filter results: its id and model come later
    if (!whole.id) whole.id = chunk.id
    if (!whole.model) whole.model = chunk.model
    if (chunk.usage) whole.usage = chunk.usage
    if (chunk.service_tier) whole.service_tier = chunk.service_tier
    if (chunk.system_fingerprint) whole.system_fingerprint = chunk.system_fingerprint
    for (const { index, delta, finish_reason } of chunk.choices ?? []) {
      const choice = (whole.choices[index] ??= empty(index))
      if (finish_reason) choice.finish_reason = finish_reason
      if (content) foldDelta(choice.message, delta)
    }
    return whole
  },
}

/** A choice that never finished has no reason: `error`, as the conventions have it, where others do. */
function finishReasons({ choices }: ChatCompletion): string[] | undefined {
  const reasons = (choices ?? []).map(
    ({ finish_reason }: { finish_reason?: string }) => finish_reason,
  )
  if (reasons.every((reason) => !reason)) return undefined
  return reasons.map((reason) => reason || 'error')
}

function begin({ id, created, model }: ChatCompletionChunk): ChatCompletion {
  return { id, created, model, object: 'chat.completion', choices: [] }
}

function empty(index: number): Choice {
  const message: ChatCompletionMessage = { role: 'assistant', content: null, refusal: null }
  return { index, finish_reason: '' as Choice['finish_reason'], logprobs: null, message }
}

function foldDelta(message: ChatCompletionMessage, delta: ChatCompletionChunk.Choice.Delta): void {
  if (delta.content) message.content = (message.content ?? '') + delta.content
  if (delta.refusal) message.refusal = (message.refusal ?? '') + delta.refusal
  for (const part of delta.tool_calls ?? []) {
    const calls = (message.tool_calls ??= [])
    const call = (calls[part.index] ??= {
      id: part.id ?? '',
      type: 'function',
      function: { name: '', arguments: '' },
    })
    if (call.type !== 'function') continue
    call.function.name += part.function?.name ?? ''
    call.function.arguments += part.function?.arguments ?? ''
  }
}
