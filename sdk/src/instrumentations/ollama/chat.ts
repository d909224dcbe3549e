import type { Method } from '../../calls/adapter.ts'
import type { Message, Part } from '../../calls/genai.ts'
import { endingOf, foldEnding, parametersOf } from './model.ts'
import type { ChatMessage, ChatRequest, ChatResponse } from './wire.ts'

/** A chat, streamed or not: a line of a stream has the shape of the whole. */
export const chat: Method<ChatRequest, ChatResponse, ChatResponse> = {
  operation: 'chat',
  request: (request) => ({
    ...parametersOf(request),
    messages: () => (request.messages ?? []).map(toMessage),
    tools: () =>
      (request.tools ?? []).map(({ type, function: tool }) => ({ type, name: tool?.name ?? type })),
  }),
  response: (response) => ({
    ...endingOf(response),
    messages: () => (response.message ? [toMessage(response.message)] : []),
  }),
  fold: (response, line, content) => {
    const whole = response ?? { message: { role: 'assistant' } }
    foldEnding(whole, line)
    if (content && whole.message && line.message) foldMessage(whole.message, line.message)
    return whole
  },
}

function foldMessage(whole: ChatMessage, { content, thinking, tool_calls }: ChatMessage): void {
  if (content) whole.content = (whole.content ?? '') + content
  if (thinking) whole.thinking = (whole.thinking ?? '') + thinking
  if (tool_calls) whole.tool_calls = [...(whole.tool_calls ?? []), ...tool_calls]
}

function toMessage(message: ChatMessage): Message {
  const { role, content, thinking, images, tool_calls } = message
  if (role === 'tool') return { role, parts: [{ type: 'tool_call_response', response: content }] }
  const parts: Part[] = []
  if (thinking) parts.push({ type: 'reasoning', content: thinking })
  if (content) parts.push({ type: 'text', content })
  for (const image of images ?? []) parts.push(imagePart(image))
  for (const { function: tool } of tool_calls ?? []) {
    parts.push({ type: 'tool_call', name: tool.name, arguments: tool.arguments })
  }
  return { role, parts }
}

/** An image in base64, in bytes, or in a file that the client is to read. */
export const imagePart = (content: string | Uint8Array): Part => ({
  type: 'blob',
  modality: 'image',
  content,
})
