import type { Message, Part, ToolDefinition } from '../../calls/genai.ts'
import { toolArguments } from '../../calls/tool-arguments.ts'
import type * as wire from './wire.ts'

const DOCUMENTS: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv',
  html: 'text/html',
  txt: 'text/plain',
  md: 'text/markdown',
}

/** A message of the conversation. Results of tools come as the user's, and are a tool's. */
export function toMessage({ role = 'user', content }: wire.Message): Message {
  const parts = toParts(content)
  const isTool = parts.length > 0 && parts.every(({ type }) => type === 'tool_call_response')
  return { role: isTool ? 'tool' : role, parts }
}

export function toParts(blocks: readonly wire.Block[] | undefined): Part[] {
  return (blocks ?? []).flatMap(partsOf)
}

/** Names only: descriptions and schemas are bulky and never change. */
export function toolDefinitions(tools: readonly wire.Tool[] | undefined): ToolDefinition[] {
  const definitions: ToolDefinition[] = []
  for (const { toolSpec, systemTool } of tools ?? []) {
    if (toolSpec) definitions.push({ type: 'function', name: toolSpec.name ?? '' })
    if (systemTool) definitions.push({ type: 'system_tool', name: systemTool.name ?? '' })
  }
  return definitions
}

function partsOf(block: wire.Block): Part[] {
  const { text, toolUse, toolResult, reasoningContent, guardContent, citationsContent } = block
  if (text !== undefined) return text === '' ? [] : [{ type: 'text', content: text }]
  if (toolUse) return [callPart(toolUse)]
  if (toolResult) return [resultPart(toolResult)]
  // without a text it is encrypted: nobody but the provider can read it
  if (reasoningContent) {
    return [{ type: 'reasoning', content: reasoningContent.reasoningText?.text ?? '' }]
  }
  if (guardContent) return partsOf({ ...guardContent, text: guardContent.text?.text } as wire.Block)
  if (citationsContent) return toParts(citationsContent.content)
  if (block.cachePoint) return []
  return mediaParts(block) ?? [otherPart(block)]
}

function callPart({ toolUseId, name, input }: NonNullable<wire.Block['toolUse']>): Part {
  // a streamed input is the text of its JSON
  const given = typeof input === 'string' ? toolArguments(input) : input
  return { type: 'tool_call', id: toolUseId, name, arguments: given }
}

/** What a tool gave back is a list of blocks, of which a value of JSON is one. */
function resultPart({ toolUseId, content }: NonNullable<wire.Block['toolResult']>): Part {
  const results = (content ?? []).map((block) => block.json ?? block.text ?? partsOf(block))
  const response = results.length === 1 ? results[0] : results
  return { type: 'tool_call_response', id: toolUseId, response }
}

function mediaParts({ image, document, video, audio }: wire.Block): Part[] | undefined {
  if (image) return sourceParts('image', image)
  if (video) return sourceParts('video', video)
  if (audio) return sourceParts('audio', audio)
  return document && sourceParts('document', document)
}

function sourceParts(modality: string, { format = '', source = {} }: wire.Media): Part[] {
  const { bytes, s3Location, text, content } = source
  const mime_type = modality === 'document' ? DOCUMENTS[format] : `${modality}/${format}`
  if (bytes) return [{ type: 'blob', modality, mime_type, content: bytes }]
  if (s3Location) return [{ type: 'uri', modality, mime_type, uri: s3Location.uri }]
  return text === undefined ? toParts(content) : [{ type: 'text', content: text }]
}

function otherPart(block: wire.Block): Part {
  const [type = 'unknown'] = Object.keys(block)
  return { type, ...block }
}
