import { dataUrl } from '../../content/media.ts'
import type { Message, Part, ToolDefinition } from '../../calls/genai.ts'

/** How servers that speak the protocol send a model's reasoning; OpenAI itself keeps it. */
export interface Reasoning {
  reasoning_content?: string | null
  reasoning?: string | null
}

/** A chat message as the versions of the client and the servers behind it have it. */
interface ChatMessage extends Reasoning {
  readonly role: string
  readonly name?: string
  readonly content?: unknown
  readonly refusal?: string | null
  readonly tool_call_id?: string
  readonly tool_calls?: readonly ToolCall[] | null
  readonly function_call?: FunctionCall | null
}

interface FunctionCall {
  readonly name: string
  readonly arguments: string
}

interface ToolCall {
  readonly id?: string
  readonly function?: FunctionCall
  readonly custom?: { readonly name: string; readonly input: string }
}

export function toMessage(message: object): Message {
  const { role, name } = message as ChatMessage
  const parts = partsOf(message as ChatMessage)
  return name === undefined ? { role, parts } : { role, name, parts }
}

function partsOf(message: ChatMessage): Part[] {
  const { role, content, refusal, tool_call_id, tool_calls, function_call } = message
  const reasoning = message.reasoning_content ?? message.reasoning
  if (role === 'tool' || role === 'function') {
    return [{ type: 'tool_call_response', id: tool_call_id, response: content }]
  }
  const parts = contentParts(content)
  if (reasoning) parts.unshift({ type: 'reasoning', content: reasoning })
  if (refusal) parts.push({ type: 'refusal', content: refusal })
  if (function_call) parts.push(functionPart(undefined, function_call))
  for (const { id, function: called, custom } of tool_calls ?? []) {
    if (called) parts.push(functionPart(id, called))
    if (custom) parts.push({ type: 'tool_call', id, name: custom.name, arguments: custom.input })
  }
  return parts
}

/** A text, or a list of parts of either API, in the conventions' shape. */
export function contentParts(content: unknown): Part[] {
  if (content === null || content === undefined || content === '') return []
  if (Array.isArray(content)) return content.map(toPart)
  return [{ type: 'text', content }]
}

export function functionPart(id: string | undefined, call: FunctionCall): Part {
  return { type: 'tool_call', id, name: call.name, arguments: parsed(call.arguments) }
}

function toPart(part: Record<string, unknown>): Part {
  switch (part['type']) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return { type: 'text', content: part['text'] }
    case 'refusal':
      return { type: 'refusal', content: part['refusal'] }
    case 'image_url':
      return mediaPart('image', (part['image_url'] as { url?: unknown } | undefined)?.url)
    case 'input_image':
      return mediaPart('image', part['image_url'], part['file_id'])
    case 'file':
      return filePart(part['file'] as Record<string, unknown>)
    case 'input_file':
      return filePart(part)
    case 'input_audio': {
      const { data, format } = part['input_audio'] as { data?: unknown; format?: unknown }
      return {
        type: 'blob',
        modality: 'audio',
        mime_type: `audio/${String(format)}`,
        content: data,
      }
    }
    default:
      return { ...part, type: String(part['type']) }
  }
}

function filePart({ file_url, file_data, file_id }: Record<string, unknown>): Part {
  return mediaPart('document', file_url ?? file_data, file_id)
}

/** Content that is no text: in place, at an address, or in a file that the provider keeps. */
function mediaPart(modality: string, url: unknown, fileId?: unknown): Part {
  if (typeof url !== 'string') return { type: 'file', modality, file_id: fileId }
  const media = dataUrl(url)
  if (media) return { type: 'blob', modality, mime_type: media.mimeType, content: media.data }
  return { type: 'uri', modality, uri: url }
}

/** Arguments are JSON that a model wrote: where it is not, the text is all there is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Names only: descriptions and schemas are bulky and never change. */
export function toolDefinitions(tools: readonly object[] | null | undefined): ToolDefinition[] {
  return (tools ?? []).map((tool) => {
    const { type, name, ...rest } = tool as { type: string; name?: string }
    const nested = (rest as Record<string, { name?: string } | undefined>)[type]
    return { type, name: name ?? nested?.name ?? type }
  })
}

export function stopSequences(stop: string | string[] | null | undefined): string[] | undefined {
  return typeof stop === 'string' ? [stop] : (stop ?? undefined)
}

export function outputType(format: string | undefined): 'text' | 'json' | undefined {
  if (format === undefined) return undefined
  return format.startsWith('json') ? 'json' : 'text'
}

/** One choice is what everybody gets: only another number is said. */
export function choiceCount(count: number | null | undefined): number | undefined {
  return count === 1 ? undefined : (count ?? undefined)
}

/** `auto` leaves the tier to the provider: only a choice is said. */
export function serviceTier(tier: string | null | undefined): string | undefined {
  return tier === 'auto' ? undefined : (tier ?? undefined)
}
