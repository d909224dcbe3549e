import type { Answer } from './agent.ts'

/** The share of an answer's longer words that its pages contain: a cheap heuristic, no judge of truth. */
export function groundedness({ text, pages }: Answer): {
  value: number
  label: string
  explanation: string
} {
  const known = new Set(words(pages.map((page) => page.text).join(' ')))
  const said = words(text)
  const found = said.filter((word) => known.has(word))
  const value = said.length === 0 ? 0 : found.length / said.length
  return {
    value,
    label: value >= 0.5 ? 'grounded' : 'ungrounded',
    explanation: `${found.length} of the answer's ${said.length} longer words are in the pages found`,
  }
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []
}
