import type { Usage } from '../../calls/genai.ts'
import type { MessageUsage, TokenCounts } from './wire.ts'

/**
 * The API counts what is read from and written to its cache beside the input, and what compactions of
 * the conversation used beside the message: here the input is all of it, and the call's usage what is billed.
 */
export function usageOf(usage: MessageUsage | undefined): Usage | undefined {
  if (!usage) return undefined
  const parts = [usage, ...compactionsIn(usage)]
  const fresh = total(parts, (part) => part.input_tokens)
  const cacheRead = total(parts, (part) => part.cache_read_input_tokens)
  const cacheWrite = total(parts, (part) => part.cache_creation_input_tokens)
  return {
    input: fresh === undefined ? undefined : fresh + (cacheRead ?? 0) + (cacheWrite ?? 0),
    output: total(parts, (part) => part.output_tokens),
    cacheRead,
    cacheWrite,
    cacheWriteHour: total(parts, (part) => part.cache_creation?.ephemeral_1h_input_tokens),
    reasoning: usage.output_tokens_details?.thinking_tokens ?? undefined,
  }
}

function compactionsIn({ iterations }: MessageUsage): TokenCounts[] {
  return Array.isArray(iterations) ? iterations.filter((each) => each?.type === 'compaction') : []
}

function total(
  parts: readonly TokenCounts[],
  read: (part: TokenCounts) => number | null | undefined,
): number | undefined {
  let sum: number | undefined
  for (const part of parts) {
    const count = read(part)
    if (typeof count === 'number') sum = (sum ?? 0) + count
  }
  return sum
}
