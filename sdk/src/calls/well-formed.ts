import type { GenAiResponse, Usage } from './genai.ts'

/** The response without what is not of its kind: what a server sends in its place, it did not tell. */
export function wellFormed(response: GenAiResponse): GenAiResponse {
  const { id, model, usage } = response
  const named =
    isText(id) && isText(model) ? response : { ...response, id: textOf(id), model: textOf(model) }
  for (const key in usage) {
    if (!isCount(usage[key as keyof Usage])) return { ...named, usage: countsOf(usage) }
  }
  return named
}

function countsOf(usage: Usage): Usage {
  return Object.fromEntries(Object.entries(usage).filter(([, count]) => isCount(count)))
}

function isCount(value: unknown): boolean {
  return value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0)
}

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string'

const textOf = (value: string | undefined): string | undefined =>
  isText(value) ? value : undefined
