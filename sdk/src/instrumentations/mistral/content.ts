import type { Message as Told, Part, ToolDefinition } from '../../calls/genai.ts'
import { toolArguments } from '../../calls/tool-arguments.ts'
import { dataUrl } from '../../content/media.ts'
import type { Chunk, Content, Message, Tool, ToolCall } from './wire.ts'

export function toMessage({ role, name, content, toolCalls, toolCallId }: Message): Told {
  const called = role ?? 'assistant'
  if (called === 'tool') {
    const response = typeof content === 'string' ? content : contentParts(content)
    return { role: called, parts: [{ type: 'tool_call_response', id: toolCallId, response }] }
  }
  const parts = [...contentParts(content), ...(toolCalls ?? []).map(toolCallPart)]
  return name ? { role: called, name, parts } : { role: called, parts }
}

/** A text, or chunks of several kinds, in the conventions' shape. */
export function contentParts(content: Content | undefined): Part[] {
  if (!content) return []
  return typeof content === 'string' ? [{ type: 'text', content }] : content.map(toPart)
}

/** Arguments are JSON that a model wrote, or what the client made of it. */
export function argumentsOf(given: string | object | undefined): unknown {
  return typeof given === 'string' ? toolArguments(given) : given
}

/** Names only. */
export function toolDefinitions(tools: readonly Tool[] | null | undefined): ToolDefinition[] {
  return (tools ?? []).map(({ type = 'function', function: own }) => ({
    type,
    name: own?.name ?? type,
  }))
}

function toolCallPart({ id, function: called }: ToolCall): Part {
  return { type: 'tool_call', id, name: called?.name, arguments: argumentsOf(called?.arguments) }
}

function toPart(chunk: Chunk): Part {
  switch (chunk.type) {
    case 'text':
      return { type: 'text', content: chunk.text }
    case 'thinking':
      return { type: 'reasoning', content: textOf(chunk.thinking) }
    case 'image_url':
      return mediaPart('image', addressOf(chunk.imageUrl))
    case 'document_url':
      return mediaPart('document', chunk.documentUrl)
    case 'input_audio':
      return { type: 'blob', modality: 'audio', content: chunk.inputAudio }
    case 'file':
      return { type: 'file', modality: 'document', file_id: chunk.fileId }
    default:
      return { ...chunk, type: String(chunk.type) }
  }
}

/** What was thought, a text or texts between references. */
export function textOf(content: Content | undefined): string {
  if (typeof content === 'string') return content
  return (content ?? []).map(({ text = '' }) => text).join('')
}

function addressOf(image: Chunk['imageUrl']): string | undefined {
  return typeof image === 'object' ? image.url : image
}

function mediaPart(modality: string, uri: string | undefined): Part {
  const media = uri === undefined ? undefined : dataUrl(uri)
  if (media) return { type: 'blob', modality, mime_type: media.mimeType, content: media.data }
  return { type: 'uri', modality, uri }
}
