import type { BedrockApi } from './api.ts'

const plain = (path: string | RegExp, body: object): BedrockApi => ({
  path,
  answer: () => ({ body, events: [], streamsUsage: false }),
})

/** https://docs.aws.amazon.com/bedrock/latest/APIReference: what is asked beside content. */
export const otherApis: readonly BedrockApi[] = [
  plain('/count-tokens', { inputTokens: 31 }),
  plain('/async-invoke', { asyncInvokeSummaries: [] }),
]
