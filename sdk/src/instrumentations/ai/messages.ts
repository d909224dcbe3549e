import type { Message, Part } from '../../calls/genai.ts'

/** Part of a message, of a request or of an answer. */
export interface ContentPart {
  readonly type: string
  readonly text?: string
  readonly toolCallId?: string
  readonly toolName?: string
  readonly input?: unknown
  readonly output?: unknown
  readonly mediaType?: string
}

export interface ModelMessage {
  readonly role: string
  readonly content: string | readonly ContentPart[]
}

export function messageOf({ role, content }: ModelMessage): Message {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content
  return { role, parts: parts.map(partOf) }
}

/** Instructions are a text, a message, or messages. */
export function instructionParts(instructions: unknown): Part[] {
  if (typeof instructions === 'string') return [{ type: 'text', content: instructions }]
  if (typeof instructions !== 'object' || instructions === null) return []
  const all = Array.isArray(instructions) ? instructions : [instructions]
  return (all as ModelMessage[]).flatMap((message) => messageOf(message).parts)
}

export function partOf(part: ContentPart): Part {
  if (part.type === 'text' || part.type === 'reasoning') {
    return { type: part.type, content: part.text ?? '' }
  }
  if (part.type === 'tool-call') {
    return {
      type: 'tool_call',
      id: part.toolCallId,
      name: part.toolName,
      arguments: parsed(part.input),
    }
  }
  if (part.type === 'tool-result') {
    return { type: 'tool_call_response', id: part.toolCallId, response: part.output }
  }
  return { type: part.type, mime_type: part.mediaType }
}

/** Providers give the arguments of a call as JSON text. */
function parsed(input: unknown): unknown {
  if (typeof input !== 'string') return input
  try {
    return JSON.parse(input)
  } catch {
    return input
  }
}
