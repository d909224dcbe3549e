/** The attributes that the viewer understands, by the names of the catalogues. */
import type { AttributeName } from '@llmscope/sdk/catalogue'

type Names = Readonly<Record<string, AttributeName>>

/** What spans say of calls of models, agents and tools. */
export const GEN_AI = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  formerProvider: 'gen_ai.system',
  requestModel: 'gen_ai.request.model',
  responseModel: 'gen_ai.response.model',
  responseId: 'gen_ai.response.id',
  firstChunk: 'gen_ai.response.time_to_first_chunk',
  input: 'gen_ai.usage.input_tokens',
  output: 'gen_ai.usage.output_tokens',
  cacheRead: 'gen_ai.usage.cache_read.input_tokens',
  cacheWrite: 'gen_ai.usage.cache_write.input_tokens',
  formerCacheWrite: 'gen_ai.usage.cache_creation.input_tokens',
  reasoning: 'gen_ai.usage.reasoning.output_tokens',
  cost: 'llmscope.cost.amount',
  conversation: 'gen_ai.conversation.id',
  user: 'user.id',
  errorType: 'error.type',
} as const satisfies Names

/** What an event of a score says. */
export const EVALUATION = {
  name: 'gen_ai.evaluation.name',
  value: 'gen_ai.evaluation.score.value',
  label: 'gen_ai.evaluation.score.label',
  explanation: 'gen_ai.evaluation.explanation',
} as const satisfies Names
