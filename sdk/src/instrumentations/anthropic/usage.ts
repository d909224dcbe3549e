import type { Usage } from '../../genai.ts'
import type { MessageUsage } from './wire.ts'

/** The API counts what is read from and written to its cache beside the input: here the input is all of it. */
export function usageOf(usage: MessageUsage | undefined): Usage | undefined {
  if (!usage) return undefined
  const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens } = usage
  const cacheRead = cache_read_input_tokens ?? undefined
  const cacheWrite = cache_creation_input_tokens ?? undefined
  return {
    input:
      typeof input_tokens === 'number'
        ? input_tokens + (cacheRead ?? 0) + (cacheWrite ?? 0)
        : undefined,
    output: usage.output_tokens ?? undefined,
    cacheRead,
    cacheWrite,
    cacheWriteHour: usage.cache_creation?.ephemeral_1h_input_tokens ?? undefined,
    reasoning: usage.output_tokens_details?.thinking_tokens ?? undefined,
  }
}
