import type { Api, ScriptedRequest, ServerSentEvent } from '../scripted-server/dialect.ts'
import type { Script, Usage } from '../scripted-server/script.ts'

/** The fields that the scripted models read from a request, over all APIs. */
export interface RequestBody extends ScriptedRequest {
  readonly stream: boolean
  readonly messages?: readonly { readonly role: string; readonly content?: unknown }[]
  readonly toolConfig?: {
    readonly tools?: readonly { readonly toolSpec?: { readonly name: string } }[]
  }
  readonly dimensions?: number
  readonly embeddingTypes?: unknown
  /** What requests of the vendors' own bodies ask with. */
  readonly prompt?: string
  readonly message?: string
}

export type BedrockApi = Api<RequestBody>

/** The bill differs from model to model, so that a test sees usage that landed on another call. */
export function bill({ model }: RequestBody, { pieces }: Script): Usage {
  return {
    input: 20 + model.length,
    cached: 4,
    cacheWritten: 6,
    output: pieces.length + 2,
    reasoning: 0,
  }
}

/** The same of an API without a cache. */
export function plainBill(request: RequestBody, script: Script): Usage {
  return { ...bill(request, script), cached: 0, cacheWritten: 0 }
}

export const event = (name: string, data: object): ServerSentEvent => ({
  event: name,
  data: JSON.stringify(data),
})
