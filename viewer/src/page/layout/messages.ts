import { plain } from './plain.ts'
import type { AttributeValue, Attributes, TraceDetail } from '../../api.ts'

/** A part of a message, as far as it is known how to show it. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: unknown }
  | { readonly kind: 'result'; readonly id: string; readonly result: unknown }
  | { readonly kind: 'image'; readonly source: string }
  | { readonly kind: 'other'; readonly value: unknown }

export interface Message {
  readonly role: string
  readonly parts: readonly Part[]
  readonly finish?: string
}

const SYSTEM = 'gen_ai.system_instructions'
const INPUT = 'gen_ai.input.messages'
const OUTPUT = 'gen_ai.output.messages'

type Fields = Readonly<Record<string, unknown>>

/** What was said in a call, in its order; nothing where content was not captured. */
export function conversationOf(detail: TraceDetail, index: number): Message[] {
  const span = detail.spans[index]
  if (!span) return []
  const events = [...span.events, ...detail.logs.filter(({ spanId }) => spanId === span.id)]
  const sources: Attributes[] = [span.attributes, ...events.map(({ attributes }) => attributes)]
  const find = (name: string): unknown[] => {
    const found = sources.find((attributes) => attributes[name] !== undefined)?.[name]
    return found === undefined ? [] : listOf(found)
  }
  const system = find(SYSTEM)
  return [
    ...(system.length > 0 ? [{ role: 'system', parts: system.map(partOf) }] : []),
    ...[...find(INPUT), ...find(OUTPUT)].map(messageOf),
  ]
}

/** Senders tell messages as a list, or as its JSON. What is no JSON is shown as it is. */
function listOf(value: AttributeValue): unknown[] {
  const parsed = typeof value === 'string' ? parse(value) : value
  return Array.isArray(parsed) ? parsed : [parsed]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : { content: value }

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)

function messageOf(value: unknown): Message {
  const { role, parts, content, finish_reason: finish } = fieldsOf(value)
  const given = Array.isArray(parts) ? parts : [{ type: 'text', content: content ?? value }]
  return {
    role: typeof role === 'string' ? role : 'message',
    parts: given.map(partOf),
    ...(typeof finish === 'string' && { finish }),
  }
}

function partOf(value: unknown): Part {
  const fields = fieldsOf(value)
  const { type, content } = fields
  if (type === 'text' || type === undefined) return { kind: 'text', text: textOf(content ?? value) }
  if (type === 'reasoning') return { kind: 'reasoning', text: textOf(content) }
  if (type === 'tool_call') {
    return { kind: 'call', name: plain(fields['name']), arguments: fields['arguments'] }
  }
  if (type === 'tool_call_response') {
    const result = fields['response'] ?? fields['result']
    return { kind: 'result', id: plain(fields['id'] ?? ''), result }
  }
  return imageOf(fields) ?? { kind: 'other', value }
}

// Only what is in the telemetry itself: the page asks no other machine.
function imageOf({ type, mime_type: mime, content }: Fields): Part | undefined {
  const isImage = typeof mime === 'string' && /^image\/(?:png|jpeg|gif|webp)$/.test(mime)
  if (type !== 'blob' || !isImage || typeof content !== 'string') return undefined
  return { kind: 'image', source: `data:${mime};base64,${content}` }
}
