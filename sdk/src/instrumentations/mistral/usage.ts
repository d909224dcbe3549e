import type { Usage } from '../../calls/genai.ts'
import type { TokenUsage } from './wire.ts'

/** The prompt includes what came from a cache; what connectors added does not count to it. */
export function usageOf(usage: TokenUsage | undefined): Usage | undefined {
  if (!usage) return undefined
  const { promptTokens: prompt, connectorTokens, completionTokens: output } = usage
  const { prompt_tokens_details: details, num_cached_tokens: cached } =
    usage.additionalProperties ?? usage
  return {
    input: prompt === undefined ? undefined : prompt + (connectorTokens ?? 0),
    output,
    cacheRead: details?.cached_tokens ?? cached ?? undefined,
  }
}
