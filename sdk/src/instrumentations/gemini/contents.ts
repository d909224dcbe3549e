import type { Message, Part, ToolDefinition } from '../../calls/genai.ts'
import type * as wire from './wire.ts'

/** Messages of whatever the application may pass as contents. */
export function toMessages(contents: wire.Contents | undefined): Message[] {
  const items = listOf(contents)
  // parts that are not in a content are all of one, the user's
  if (!items.some(isContent)) return items.length > 0 ? [toMessage({ parts: partsOf(items) })] : []
  return items.map((item) => toMessage(isContent(item) ? item : { parts: partsOf([item]) }))
}

export function toMessage({ role = 'user', parts = [] }: wire.Content): Message {
  return { role: roleOf(role, parts), parts: parts.filter(isSaid).map(toPart) }
}

/** The parts of a system instruction, in whatever form it is. */
export function toInstructions(contents: wire.Contents | undefined): Part[] {
  return toMessages(contents).flatMap(({ parts }) => parts)
}

/** Names only: descriptions and schemas are bulky and never change. */
export function toolDefinitions(tools: readonly wire.Tool[] | undefined): ToolDefinition[] {
  const definitions: ToolDefinition[] = []
  for (const { functionDeclarations = [], ...builtIn } of tools ?? []) {
    for (const { name = '' } of functionDeclarations) definitions.push({ type: 'function', name })
    for (const name of Object.keys(builtIn)) definitions.push({ type: name, name })
  }
  return definitions
}

function listOf(contents: wire.Contents | undefined): readonly wire.ContentItem[] {
  if (contents === undefined || contents === null) return []
  return Array.isArray(contents) ? contents : [contents as wire.ContentItem]
}

function isContent(item: wire.ContentItem): item is wire.Content {
  return typeof item === 'object' && 'parts' in item
}

function partsOf(items: readonly wire.ContentItem[]): wire.Part[] {
  return items.map((item) => (typeof item === 'string' ? { text: item } : (item as wire.Part)))
}

function roleOf(role: string, parts: readonly wire.Part[]): string {
  if (parts.some(({ functionResponse }) => functionResponse)) return 'tool'
  return role === 'model' ? 'assistant' : role
}

// a signature of the model's reasoning comes with a text of no length
const isSaid = ({ text }: wire.Part): boolean => text !== ''

function toPart(part: wire.Part): Part {
  const { text, inlineData, fileData, functionCall, functionResponse } = part
  if (text !== undefined) return { type: part.thought ? 'reasoning' : 'text', content: text }
  if (inlineData) return { type: 'blob', ...mediaOf(inlineData), content: inlineData.data }
  if (fileData) return { type: 'uri', ...mediaOf(fileData), uri: fileData.fileUri }
  if (functionCall) {
    const { id, name, args } = functionCall
    return { type: 'tool_call', id, name, arguments: args }
  }
  if (functionResponse) {
    const { id, response } = functionResponse
    return { type: 'tool_call_response', id, response }
  }
  return toolPart(part)
}

function mediaOf({ mimeType }: { readonly mimeType?: string }): object {
  const kind = mimeType?.split('/', 1)[0] ?? ''
  const modality = ['image', 'video', 'audio'].includes(kind) ? kind : 'document'
  return { modality, mime_type: mimeType }
}

/** What a tool of the provider's was called with, and what it gave back. */
function toolPart({ executableCode, codeExecutionResult, ...rest }: wire.Part): Part {
  const type = 'code_execution'
  if (executableCode) {
    return { type: 'server_tool_call', name: type, server_tool_call: { type, ...executableCode } }
  }
  if (codeExecutionResult) {
    const server_tool_call_response = { type, ...codeExecutionResult }
    return { type: 'server_tool_call_response', server_tool_call_response }
  }
  const [name = 'unknown'] = Object.keys(rest)
  return { type: name, ...rest }
}
