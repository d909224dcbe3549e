import type { Method } from '../../calls/adapter.ts'
import type { GenAiRequest } from '../../calls/genai.ts'
import { toInstructions, toMessage, toMessages, toolDefinitions } from './contents.ts'
import { finishReasons } from './finish.ts'
import { fold } from './fold.ts'
import { modelName } from './model.ts'
import { tierOf, usageOf } from './usage.ts'
import type { GenerateRequest, GenerateResponse } from './wire.ts'

type Config = NonNullable<GenerateRequest['config']>

/** One request for content. */
export const generate: Method<GenerateRequest, GenerateResponse> = {
  operation: 'generate_content',
  request: readRequest,
  response: (response) => ({
    id: response.responseId,
    model: response.modelVersion,
    finishReasons: finishReasons(response),
    usage: usageOf(response.usageMetadata),
    serviceTier: tierOf(response.usageMetadata),
    messages: () =>
      (response.candidates ?? []).map(({ content }) => toMessage({ ...content, role: 'model' })),
  }),
}

/** The same, streamed. */
export const generateStream: Method<GenerateRequest, GenerateResponse, GenerateResponse> = {
  ...generate,
  request: (request) => ({ ...readRequest(request), stream: true }),
  fold,
}

export function readRequest({ model, contents, config = {} }: GenerateRequest): GenAiRequest {
  return {
    model: modelName(model),
    choiceCount: config.candidateCount === 1 ? undefined : config.candidateCount,
    maxTokens: config.maxOutputTokens,
    temperature: config.temperature,
    topP: config.topP,
    topK: config.topK,
    frequencyPenalty: config.frequencyPenalty,
    presencePenalty: config.presencePenalty,
    seed: config.seed,
    stopSequences: config.stopSequences,
    outputType: outputType(config),
    serviceTier: config.serviceTier,
    reasoningLevel: reasoningLevel(config),
    isCancelled: () => config.abortSignal?.aborted ?? false,
    messages: () => toMessages(contents),
    instructions: () => toInstructions(config.systemInstruction),
    tools: () => toolDefinitions(config.tools),
  }
}

function outputType({ responseModalities, responseMimeType }: Config): GenAiRequest['outputType'] {
  const modalities = responseModalities?.map((modality) => modality.toUpperCase())
  if (modalities?.includes('IMAGE')) return 'image'
  if (modalities?.includes('AUDIO')) return 'speech'
  if (responseMimeType === undefined) return undefined
  return responseMimeType === 'application/json' ? 'json' : 'text'
}

/** A level by name, or the budget in tokens, as older models have it. */
function reasoningLevel({ thinkingConfig = {} }: Config): string | undefined {
  const { thinkingLevel, thinkingBudget } = thinkingConfig
  return thinkingLevel ?? (thinkingBudget === undefined ? undefined : String(thinkingBudget))
}
