import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionCreateParams,
} from 'openai/resources/chat'
import type { Method } from '../../calls/adapter.ts'
import { foldChoice } from './choices.ts'
import {
  choiceCount,
  outputType,
  serviceTier,
  stopSequences,
  toMessage,
  toolDefinitions,
} from './messages.ts'
import { costOf, foldUsage, type Telling, usageOf } from './usage.ts'

type Choice = ChatCompletion['choices'][number]

type Told<Of> = Omit<Of, 'usage'> & Telling

/** Chat completions, streamed or not. */
export const chat: Method<
  ChatCompletionCreateParams,
  Told<ChatCompletion>,
  Told<ChatCompletionChunk>
> = {
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
    usage: usageOf(response),
    cost: costOf(response.usage),
    messages: () => response.choices.map(({ message }) => toMessage(message)),
  }),
  fold: (response, chunk, content) => {
    const whole = response ?? begin(chunk)
    // Azure's first chunk holds only filter results: its id and model come later
    if (!whole.id) whole.id = chunk.id
    if (!whole.model) whole.model = chunk.model
    foldUsage(whole, chunk)
    if (chunk.service_tier) whole.service_tier = chunk.service_tier
    if (chunk.system_fingerprint) whole.system_fingerprint = chunk.system_fingerprint
    for (const choice of chunk.choices ?? []) foldChoice(whole.choices, choice, content)
    return whole
  },
}

/** A choice that never finished has no reason: `error`, as the conventions have it, where others do. */
function finishReasons({ choices }: Told<ChatCompletion>): string[] | undefined {
  const reasons: string[] = []
  let finished = false
  for (const choice of (choices ?? []) as readonly (Choice | undefined)[]) {
    reasons.push(choice?.finish_reason || 'error')
    finished ||= Boolean(choice?.finish_reason)
  }
  return finished ? reasons : undefined
}

function begin({ id, created, model }: Told<ChatCompletionChunk>): Told<ChatCompletion> {
  return { id, created, model, object: 'chat.completion', choices: [] }
}
