import type { Message } from '../../../calls/genai.ts'

/** A conversation of a prompt alone. */
export const asked = (prompt: string | undefined): Message[] => said(prompt, 'user')

/** What a model has answered with a text alone. */
export const answered = (text: string | undefined): Message[] => said(text, 'assistant')

function said(text: string | undefined, role: string): Message[] {
  return text === undefined ? [] : [{ role, parts: [{ type: 'text', content: text }] }]
}

/** A text as far as it has come: none is kept without content. */
export function longer(
  text: string | undefined,
  piece: string | undefined,
  content: boolean,
): string | undefined {
  return content && piece !== undefined ? (text ?? '') + piece : text
}
