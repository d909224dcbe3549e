import type { Message, Part } from '../../calls/genai.ts'
import type { ChatItem, ResponseItem, Written } from './wire.ts'

const ROLES: Readonly<Record<string, string>> = { model: 'assistant' }

/** A chat; the empty answer that is to be written is none of its messages. */
export function chatMessages(history: readonly ChatItem[]): Message[] {
  return history.flatMap(({ type, text, response = [] }) => {
    if (text !== undefined) return [textMessage(ROLES[type] ?? type, text)]
    return responseMessages(response)
  })
}

/** A text, as it is or as node-llama-cpp takes it apart. */
export function textMessage(role: string, text: unknown): Message {
  const pieces = [text].flat().filter((piece) => typeof piece === 'string')
  return { role, parts: [{ type: 'text', content: pieces.join('') }] }
}

/** What the model has written, whatever wrote it. */
export function writtenMessages(written: Written): Message[] {
  const { fullResponse, response = written.completion, functionCalls = [] } = written
  const parts = (fullResponse ?? [response ?? '']).flatMap(toPart)
  for (const { functionName: name, params } of functionCalls) {
    parts.push({ type: 'tool_call', name, arguments: params })
  }
  return [{ role: 'assistant', parts }]
}

/** An answer; the results of the functions that it called come after it. */
function responseMessages(response: readonly ResponseItem[]): Message[] {
  const parts = response.flatMap(toPart)
  const results = response.flatMap((item): Part[] =>
    typeof item !== 'string' && item.type === 'functionCall'
      ? [{ type: 'tool_call_response', response: item.result }]
      : [],
  )
  const answer: Message[] = parts.length > 0 ? [{ role: 'assistant', parts }] : []
  return results.length > 0 ? [...answer, { role: 'tool', parts: results }] : answer
}

function toPart(item: ResponseItem): Part[] {
  if (typeof item === 'string') return item === '' ? [] : [{ type: 'text', content: item }]
  if (item.type === 'segment') return [{ type: 'reasoning', content: item.text }]
  return [{ type: 'tool_call', name: item.name, arguments: item.params }]
}
