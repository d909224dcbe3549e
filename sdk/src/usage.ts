import type { GenAiResponse, Usage } from './genai.ts'

/** The response with a usage of numbers only: what a server sends in place of a count, it did not tell. */
export function withCounts(response: GenAiResponse): GenAiResponse {
  const { usage } = response
  for (const key in usage) {
    if (!isCount(usage[key as keyof Usage])) return { ...response, usage: countsOf(usage) }
  }
  return response
}

function countsOf(usage: Usage): Usage {
  return Object.fromEntries(Object.entries(usage).filter(([, count]) => isCount(count)))
}

function isCount(value: unknown): boolean {
  return value === undefined || (Number.isFinite(value) && Number(value) >= 0)
}
