import type { GenAiResponse } from './genai.ts'

/** The response with a usage of numbers only: what a server sends in place of a count, it did not tell. */
export function withCounts(response: GenAiResponse): GenAiResponse {
  const entries = Object.entries(response.usage ?? {})
  const counts = entries.filter(([, count]) => count === undefined || Number.isFinite(count))
  if (counts.length === entries.length) return response
  return { ...response, usage: Object.fromEntries(counts) }
}
