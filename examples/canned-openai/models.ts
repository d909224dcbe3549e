import { unknownModel } from './api-error.ts'
import type { Endpoint } from './exchange.ts'

interface CannedModel {
  kind: 'chat' | 'embedding'
  /** The name that responses carry. */
  snapshot: string
  /** Bills reasoning tokens, which nobody sees. */
  reasoning: boolean
}

// Real names, so that whoever looks up a price finds one.
const catalogue: Readonly<Record<string, CannedModel>> = {
  'gpt-5-mini': { kind: 'chat', snapshot: 'gpt-5-mini-2025-08-07', reasoning: true },
  'gpt-4.1-mini': { kind: 'chat', snapshot: 'gpt-4.1-mini-2025-04-14', reasoning: false },
  'text-embedding-3-small': {
    kind: 'embedding',
    snapshot: 'text-embedding-3-small',
    reasoning: false,
  },
}

/** The model of that kind, or a 404 as OpenAI words it. */
export function findModel(name: string, kind: CannedModel['kind']): CannedModel {
  const model = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined
  if (model?.kind !== kind) throw unknownModel(name)
  return model
}

/** `GET /v1/models`. */
export const models: Endpoint = async (_body, exchange) => {
  const owned_by = 'llmscope-canned'
  const data = Object.keys(catalogue).map((id) => ({ id, object: 'model', created: 0, owned_by }))
  exchange.json(200, { object: 'list', data })
}
