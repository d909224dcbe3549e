import type { Usage } from '../../calls/genai.ts'

/** Usage of a completion, in the words of OpenAI and of the servers that speak its protocol. */
export interface CompletionUsage {
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
  readonly prompt_tokens_details?: {
    readonly cached_tokens?: number
    readonly audio_tokens?: number
  } | null
  readonly completion_tokens_details?: {
    readonly reasoning_tokens?: number
    readonly audio_tokens?: number
  } | null
  /** Together's. */
  readonly cached_tokens?: number
}

/** What a completion has used. */
export function usageOf(told: CompletionUsage | null | undefined): Usage | undefined {
  if (!told) return undefined
  const { prompt_tokens_details: prompt, completion_tokens_details: completion } = told
  return {
    input: told.prompt_tokens,
    output: told.completion_tokens,
    cacheRead: prompt?.cached_tokens ?? told.cached_tokens,
    reasoning: completion?.reasoning_tokens,
    audioInput: prompt?.audio_tokens,
    audioOutput: completion?.audio_tokens,
  }
}
