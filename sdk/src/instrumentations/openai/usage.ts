import type { Usage } from '../../calls/genai.ts'

/** What a server itself says that an answer cost. */
interface Billed {
  /** OpenRouter's is in its credits, which are USD; Perplexity's has parts. */
  readonly cost?: number | { readonly total_cost?: number } | null
  /** Whether OpenRouter went to the model's provider with the application's own key. */
  readonly is_byok?: boolean
  /** What that provider bills then, beside OpenRouter's share. */
  readonly cost_details?: { readonly upstream_inference_cost?: number | null } | null
  /** xAI's. */
  readonly cost_in_usd_ticks?: number
}

/** Usage of a completion, in the words of OpenAI and of the servers that speak its protocol. */
export interface CompletionUsage extends Billed {
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
  readonly total_tokens?: number
  readonly prompt_tokens_details?: {
    readonly cached_tokens?: number
    readonly cache_write_tokens?: number
    readonly audio_tokens?: number
    readonly image_tokens?: number
  } | null
  readonly completion_tokens_details?: {
    readonly reasoning_tokens?: number
    readonly audio_tokens?: number
    readonly image_tokens?: number
  } | null
  /** DeepSeek's cached tokens. */
  readonly prompt_cache_hit_tokens?: number
  /** Together's and Moonshot's. */
  readonly cached_tokens?: number
}

/** Usage of a response. */
export interface ResponseUsage extends Billed {
  readonly input_tokens?: number
  readonly output_tokens?: number
  readonly input_tokens_details?: {
    readonly cached_tokens?: number
    readonly cache_write_tokens?: number
    /** Perplexity's names for the two. */
    readonly cache_read_input_tokens?: number
    readonly cache_creation_input_tokens?: number
  } | null
  readonly output_tokens_details?: { readonly reasoning_tokens?: number } | null
}

/** What llama.cpp measures; a stream tells it unasked, and its usage only to whom asks. */
interface Timings {
  readonly cache_n?: number
  readonly prompt_n?: number
  readonly predicted_n?: number
}

/** A completion, or a chunk of one, as far as it tells what was used. */
export interface Telling {
  usage?: CompletionUsage | null
  /** Groq's, of a stream. */
  readonly x_groq?: { readonly usage?: CompletionUsage | null } | null
  timings?: Timings
}

const TICKS_PER_USD = 1e10

/** Keeps what a chunk tells: some servers tell once, others how much it is so far. */
export function foldUsage(whole: Telling, chunk: Telling): void {
  const usage = chunk.usage ?? chunk.x_groq?.usage
  if (usage) whole.usage = usage
  if (chunk.timings) whole.timings = chunk.timings
}

/** What a completion has used. */
export function usageOf({ usage, timings }: Telling): Usage | undefined {
  if (!usage) return timings && usageOfTimings(timings)
  const { prompt_tokens_details: prompt, completion_tokens_details: completion } = usage
  return {
    input: usage.prompt_tokens,
    output: outputOf(usage),
    cacheRead: prompt?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? usage.cached_tokens,
    cacheWrite: prompt?.cache_write_tokens,
    reasoning: completion?.reasoning_tokens,
    audioInput: prompt?.audio_tokens,
    audioOutput: completion?.audio_tokens,
    imageInput: prompt?.image_tokens,
    imageOutput: completion?.image_tokens,
  }
}

/** What xAI's and Gemini's models thought is in the total alone. */
function outputOf(usage: CompletionUsage): number | undefined {
  const { prompt_tokens: input, completion_tokens: output, total_tokens: total } = usage
  if (input === undefined || output === undefined || total === undefined) return output
  return total > input + output ? total - input : output
}

function usageOfTimings({ cache_n: cached = 0, prompt_n: fresh, predicted_n }: Timings): Usage {
  return { input: fresh && fresh + cached, output: predicted_n, cacheRead: cached }
}

/** What a response has used. */
export function responseUsageOf(usage: ResponseUsage | null | undefined): Usage | undefined {
  if (!usage) return undefined
  const { input_tokens_details: input, output_tokens_details: output } = usage
  return {
    input: usage.input_tokens,
    output: usage.output_tokens,
    cacheRead: input?.cached_tokens ?? input?.cache_read_input_tokens,
    cacheWrite: input?.cache_write_tokens ?? input?.cache_creation_input_tokens,
    reasoning: output?.reasoning_tokens,
  }
}

/** What a server says that an answer cost, in USD. */
export function costOf(usage: Billed | null | undefined): number | undefined {
  if (!usage) return undefined
  const { cost, cost_in_usd_ticks: ticks } = usage
  if (typeof cost === 'number') {
    return usage.is_byok ? cost + (usage.cost_details?.upstream_inference_cost ?? 0) : cost
  }
  return cost?.total_cost ?? (ticks === undefined ? undefined : ticks / TICKS_PER_USD)
}
