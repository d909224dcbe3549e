import type { Message, Part, ToolDefinition } from '../../calls/genai.ts'
import type { FoldedBlock } from './fold.ts'
import type { Block, MessageParam } from './wire.ts'

interface Source {
  readonly type: string
  readonly media_type?: string
  readonly data?: string
  readonly url?: string
  readonly file_id?: string
  readonly content?: string | readonly Block[]
}

/** A message of the conversation. Results of tools come as the user's, and are a tool's. */
export function toMessage({ role, content }: MessageParam): Message {
  const parts = contentParts(content)
  const isTool = parts.length > 0 && parts.every(({ type }) => type === 'tool_call_response')
  return { role: isTool ? 'tool' : role, parts }
}

/** A text, or a list of blocks, in the conventions' shape. */
export function contentParts(content: string | readonly Block[] | undefined): Part[] {
  if (content === undefined || content === '') return []
  if (typeof content === 'string') return [{ type: 'text', content }]
  return content.flatMap(toParts)
}

function toParts(block: Block): Part[] {
  switch (block.type) {
    case 'text':
      return [{ type: 'text', content: block['text'] }]
    case 'image':
      return mediaParts('image', block['source'] as Source)
    case 'document':
      return mediaParts('document', block['source'] as Source)
    case 'thinking':
      return [{ type: 'reasoning', content: block['thinking'] }]
    // encrypted: nobody but the provider can read it
    case 'redacted_thinking':
      return [{ type: 'reasoning', content: '' }]
    case 'tool_use':
      return [
        { type: 'tool_call', id: block['id'], name: block['name'], arguments: inputOf(block) },
      ]
    case 'tool_result':
      return [{ type: 'tool_call_response', id: block['tool_use_id'], response: resultOf(block) }]
    case 'compaction':
      return [{ type: 'compaction', content: block['content'] }]
    default:
      return [serverPart(block)]
  }
}

/** A tool that the provider runs itself, or a block that came after this was written. */
function serverPart(block: Block): Part {
  const { type, id, name, tool_use_id, content } = block
  if (type.endsWith('tool_use')) {
    return { type: 'server_tool_call', id, name, server_tool_call: { type, input: inputOf(block) } }
  }
  if (type.endsWith('tool_result')) {
    return {
      type: 'server_tool_call_response',
      id: tool_use_id,
      server_tool_call_response: { type, content },
    }
  }
  return { ...block }
}

function mediaParts(modality: string, source: Source): Part[] {
  const { type, media_type: mime_type, data, url, file_id, content } = source
  switch (type) {
    case 'base64':
      return [{ type: 'blob', modality, mime_type, content: data }]
    case 'url':
      return [{ type: 'uri', modality, uri: url }]
    case 'file':
      return [{ type: 'file', modality, file_id }]
    case 'text':
      return [{ type: 'text', content: data }]
    default:
      return contentParts(content)
  }
}

const resultOf = ({ content }: Block): unknown =>
  Array.isArray(content) ? contentParts(content as Block[]) : content

/** A streamed input is JSON that a model wrote: where it is not, the text is all there is. */
function inputOf(block: FoldedBlock): unknown {
  const { inputText, input } = block
  if (!inputText) return input
  try {
    return JSON.parse(inputText)
  } catch {
    return inputText
  }
}

/** Names only: descriptions and schemas are bulky and never change. */
export function toolDefinitions(
  tools: readonly { readonly type?: string | null; readonly name: string }[] | undefined,
): ToolDefinition[] {
  return (tools ?? []).map(({ type, name }) => ({
    type: type && type !== 'custom' ? type : 'function',
    name,
  }))
}
