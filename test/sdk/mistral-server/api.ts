import { type Answer, type Api, type ScriptedRequest } from '../scripted-server/dialect.ts'
import type { Script, Usage } from '../scripted-server/script.ts'

/** The fields that the scripted models read from a request, over all APIs. */
export interface RequestBody extends ScriptedRequest {
  readonly agent_id?: string
  readonly n?: number | null
  readonly input?: string | readonly string[]
  readonly inputs?: unknown
  readonly prompt_mode?: string | null
  readonly messages?: readonly ({ readonly role: string } | null)[]
  readonly tools?: readonly { readonly function?: { readonly name: string } }[] | null
}

export type MistralApi = Api<RequestBody>

export const CREATED = 1_767_225_600

/** An alias is answered with the dated model behind it. */
export const datedModel = (model: string): string => `${model}-2026-01-01`

export const bill = ({ model, n }: RequestBody, { pieces }: Script): Usage => ({
  input: 20 + model.length,
  cached: 4,
  cacheWritten: 0,
  output: pieces.length * (n ?? 1) + 2,
  reasoning: 0,
})

/** docs.mistral.ai/studio-api/conversations/advanced/prompt-caching, for what came from the cache. */
export const usageOf = ({ input, cached, output }: Usage): object => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: cached },
})

export const plain = (path: string | RegExp, body: object | string): MistralApi => ({
  path,
  answer: (): Answer => ({ body, events: [], streamsUsage: false }),
})
