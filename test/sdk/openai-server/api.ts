import { type Api, type ScriptedRequest, type ServerSentEvent } from '../scripted-server/dialect.ts'
import type { Script, Usage } from '../scripted-server/script.ts'

/** The fields that the scripted models read from a request, over all APIs. */
export interface RequestBody extends ScriptedRequest {
  /** Whether it came the way that Azure's client sends it. */
  readonly azure: boolean
  /** Whether it asks for all there are. */
  readonly isList: boolean
  readonly stream_options?: { readonly include_usage?: boolean } | null
  readonly n?: number | null
  readonly encoding_format?: 'float' | 'base64'
  readonly input?: unknown
  readonly instructions?: string | null
  readonly messages?: readonly ({ readonly role: string } | null)[]
  readonly tools?: readonly { readonly name?: string; readonly function?: { name: string } }[]
}

export type OpenAIApi = Api<RequestBody>

export const CREATED = 1_767_225_600
export const SERVER_ERROR = {
  message: 'The server had an error while processing CANARY-ERROR-TEXT. Sorry about that!',
  type: 'server_error',
  param: null,
  code: null,
}

/** OpenAI answers an alias with the dated model behind it. */
export const datedModel = (model: string): string => `${model}-2026-01-01`

/** An event of the Responses API: named by its type and numbered. */
export const namedEvent = (data: { type: string }, sequence: number): ServerSentEvent => ({
  event: data.type,
  data: JSON.stringify({ ...data, sequence_number: sequence }),
})

/** The bill differs from model to model, so that a test sees usage that landed on another call. */
export function bill({ model, n }: RequestBody, { pieces }: Script): Usage {
  return {
    input: 20 + model.length,
    cached: 4,
    cacheWritten: 0,
    output: pieces.length * (n ?? 1) + 2,
    reasoning: 2,
  }
}

export function completionUsage({ input, cached, output, reasoning }: Usage): {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details: { cached_tokens: number; audio_tokens: number }
  completion_tokens_details: {
    reasoning_tokens: number
    audio_tokens: number
    accepted_prediction_tokens: number
    rejected_prediction_tokens: number
  }
} {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}
