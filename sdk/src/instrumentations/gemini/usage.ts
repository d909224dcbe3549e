import type { Usage } from '../../calls/genai.ts'
import type { ModalityTokens, UsageMetadata } from './wire.ts'

/** Whether anything is counted: Vertex AI's chunks, but for the last, tell only the kind of traffic. */
export function isCounted(usage: UsageMetadata | undefined): usage is UsageMetadata {
  return usage?.promptTokenCount !== undefined || usage?.totalTokenCount !== undefined
}

/** A count that is 0 is left out on the wire: input and output add up to `totalTokenCount` all the same. */
export function usageOf(counted: UsageMetadata | undefined): Usage | undefined {
  if (!isCounted(counted)) return undefined
  const { promptTokensDetails, toolUsePromptTokensDetails, candidatesTokensDetails } = counted
  return {
    input: (counted.promptTokenCount ?? 0) + (counted.toolUsePromptTokenCount ?? 0),
    output: (counted.candidatesTokenCount ?? 0) + (counted.thoughtsTokenCount ?? 0),
    cacheRead: counted.cachedContentTokenCount,
    reasoning: counted.thoughtsTokenCount,
    audioInput: tokensOf('AUDIO', promptTokensDetails, toolUsePromptTokensDetails),
    audioOutput: tokensOf('AUDIO', candidatesTokensDetails),
    imageInput: tokensOf('IMAGE', promptTokensDetails, toolUsePromptTokensDetails),
    imageOutput: tokensOf('IMAGE', candidatesTokensDetails),
  }
}

/** The tier that is paid for, if that is told: Vertex AI tells it by the kind of traffic. */
export function tierOf(counted: UsageMetadata | undefined): string | undefined {
  const { serviceTier, trafficType } = counted ?? {}
  return serviceTier ?? trafficType?.toLowerCase().replace(/^on_demand_/, '')
}

function tokensOf(
  modality: string,
  ...details: readonly (readonly ModalityTokens[] | undefined)[]
): number | undefined {
  let tokens: number | undefined
  for (const list of details) {
    for (const item of list ?? []) {
      if (item.modality === modality) tokens = (tokens ?? 0) + (item.tokenCount ?? 0)
    }
  }
  return tokens
}
