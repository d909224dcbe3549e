import type { Usage } from '../../calls/genai.ts'
import type { TokenUsage } from './wire.ts'

/** What is read from and written to a cache is counted beside the input: here the input is all of it. */
export function usageOf(usage: TokenUsage | undefined): Usage | undefined {
  if (!usage) return undefined
  const { inputTokens, outputTokens, cacheDetails } = usage
  const cacheRead = usage.cacheReadInputTokens ?? usage.cacheReadInputTokenCount
  const cacheWrite = usage.cacheWriteInputTokens ?? usage.cacheWriteInputTokenCount
  return {
    input:
      inputTokens === undefined ? undefined : inputTokens + (cacheRead ?? 0) + (cacheWrite ?? 0),
    output: outputTokens,
    cacheRead,
    cacheWrite,
    cacheWriteHour: cacheDetails?.find(({ ttl }) => ttl === '1h')?.inputTokens,
  }
}
