import type {
  Completion,
  CompletionChoice,
  CompletionCreateParams,
} from 'openai/resources/completions'
import type { Method } from '../../calls/adapter.ts'
import { choiceCount, stopSequences } from './messages.ts'
import { costOf, foldUsage, type Telling, usageOf } from './usage.ts'

/** Far more choices than any answer has: an index beyond it is an error of the server's. */
const MOST = 1000

type Told = Omit<Completion, 'usage'> & Telling

/** Legacy completions, streamed or not: a chunk has the shape of the whole. */
export const completions: Method<CompletionCreateParams, Told, Told> = {
  operation: 'text_completion',
  request: (request) => ({
    model: request.model,
    stream: request.stream || undefined,
    choiceCount: choiceCount(request.n),
    maxTokens: request.max_tokens ?? undefined,
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    frequencyPenalty: request.frequency_penalty ?? undefined,
    presencePenalty: request.presence_penalty ?? undefined,
    seed: request.seed ?? undefined,
    stopSequences: stopSequences(request.stop),
    messages: () =>
      prompts(request.prompt).map((content) => ({
        role: 'user',
        parts: [{ type: 'text', content }],
      })),
  }),
  response: ({ id, model, choices, system_fingerprint, ...told }) => ({
    id,
    model,
    finishReasons: choices?.map(({ finish_reason }) => finish_reason).filter(Boolean),
    systemFingerprint: system_fingerprint,
    usage: usageOf(told),
    cost: costOf(told.usage),
    messages: () =>
      choices.map(({ text }) => ({ role: 'assistant', parts: [{ type: 'text', content: text }] })),
  }),
  fold: (response, chunk, content) => {
    const whole = response ?? { ...chunk, choices: [] }
    foldUsage(whole, chunk)
    for (const { index, text, finish_reason } of chunk.choices ?? []) {
      if (!(index < MOST)) continue
      const choice = (whole.choices[index] ??= empty(index))
      if (finish_reason) choice.finish_reason = finish_reason
      if (content) choice.text += text
    }
    return whole
  },
}

function empty(index: number): CompletionChoice {
  return { index, text: '', logprobs: null, finish_reason: '' as CompletionChoice['finish_reason'] }
}

function prompts(prompt: CompletionCreateParams['prompt']): unknown[] {
  if (prompt === null || prompt === undefined) return []
  return Array.isArray(prompt) && typeof prompt[0] === 'string' ? prompt : [prompt]
}
