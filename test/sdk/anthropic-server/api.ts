import type { Api, ScriptedRequest, ServerSentEvent } from '../scripted-server/dialect.ts'
import type { Script, Usage } from '../scripted-server/script.ts'

/** The fields that the scripted models read from a request, over all APIs. */
export interface RequestBody extends ScriptedRequest {
  readonly origin: string
  readonly pathname: string
  readonly method: string
  readonly messages?: readonly ({ readonly role: string; readonly content?: unknown } | null)[]
  readonly tools?: readonly { readonly name: string }[]
  readonly thinking?: { readonly type: string }
  readonly requests?: readonly { readonly custom_id: string }[]
}

export type AnthropicApi = Api<RequestBody>

export const CREATED = '2026-01-01T00:00:00Z'

/** The bill differs from model to model, so that a test sees usage that landed on another call. */
export function bill({ model }: RequestBody, { pieces }: Script): Usage {
  return {
    input: 20 + model.length,
    cached: 4,
    cacheWritten: 6,
    output: pieces.length + 2,
    reasoning: 2,
  }
}

/** The API's input leaves out what its cache holds. */
export function messageUsage(usage: Usage): object {
  const { input, cached, cacheWritten, output, reasoning } = usage
  return {
    input_tokens: input - cached - cacheWritten,
    cache_creation_input_tokens: cacheWritten,
    cache_read_input_tokens: cached,
    cache_creation: { ephemeral_5m_input_tokens: cacheWritten - 2, ephemeral_1h_input_tokens: 2 },
    output_tokens: output,
    output_tokens_details: { thinking_tokens: reasoning },
    server_tool_use: null,
    service_tier: 'standard',
  }
}

/** Every event of a stream is named by its type. */
export const event = (data: { readonly type: string }): ServerSentEvent => ({
  event: data.type,
  data: JSON.stringify(data),
})

export const errorBody = (type: string, message: string): { type: 'error'; error: object } => ({
  type: 'error',
  error: { type, message },
})
