import type { GenAiRequest } from '../../calls/genai.ts'
import type { Model } from './wire.ts'

const names = new WeakMap<object, string>()

/** A model was loaded by the first of these arguments: a name on the Hub, or a folder. */
export function noteName(model: unknown, [name]: readonly unknown[]): void {
  if (typeof model !== 'function' || typeof name !== 'string') return
  const isFolder = /^([./\\~]|[a-z]:)/i.test(name)
  names.set(model, isFolder ? (name.split(/[\\/]/).findLast(Boolean) ?? name) : name)
}

/** A model as its calls name it, and where its weights are. */
export function placed(model: Model | undefined): GenAiRequest {
  const { config, sessions = {} } = model ?? {}
  const [{ config: placement } = {}] = Object.values(sessions)
  const name = model && names.get(model)
  return {
    model: name ?? config?.['_name_or_path'] ?? config?.model_type,
    device: placement?.device,
    dtype: placement?.dtype,
  }
}
