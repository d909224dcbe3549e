import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionMessage,
} from 'openai/resources/chat'
import type { Reasoning } from './messages.ts'

type Choice = ChatCompletion['choices'][number]
type Message = ChatCompletionMessage & Reasoning
type Delta = ChatCompletionChunk.Choice.Delta & Reasoning

/** Far more choices or tool calls than any answer has: an index beyond it is an error of the server's. */
const MOST = 1000

/** Folds one choice of a chunk into the choices of the whole answer. */
export function foldChoice(
  choices: Choice[],
  { index, delta, finish_reason }: ChatCompletionChunk.Choice,
  content: boolean,
): void {
  if (!(index < MOST)) return
  const choice = (choices[index] ??= empty(index))
  if (finish_reason) choice.finish_reason = finish_reason
  // Azure sends chunks that have filter results in place of a delta
  if (content && delta) foldDelta(choice.message, delta)
}

function empty(index: number): Choice {
  const message: ChatCompletionMessage = { role: 'assistant', content: null, refusal: null }
  return { index, finish_reason: '' as Choice['finish_reason'], logprobs: null, message }
}

function foldDelta(message: Message, delta: Delta): void {
  if (delta.content) message.content = (message.content ?? '') + delta.content
  if (delta.refusal) message.refusal = (message.refusal ?? '') + delta.refusal
  const reasoning = delta.reasoning_content ?? delta.reasoning
  if (reasoning) message.reasoning = (message.reasoning ?? '') + reasoning
  if (delta.function_call) {
    const call = (message.function_call ??= { name: '', arguments: '' })
    call.name += delta.function_call.name ?? ''
    call.arguments += delta.function_call.arguments ?? ''
  }
  for (const part of delta.tool_calls ?? []) foldToolCall((message.tool_calls ??= []), part)
}

function foldToolCall(
  calls: NonNullable<ChatCompletionMessage['tool_calls']>,
  part: ChatCompletionChunk.Choice.Delta.ToolCall,
): void {
  if (!(part.index < MOST)) return
  const call = (calls[part.index] ??= {
    id: part.id ?? '',
    type: 'function',
    function: { name: '', arguments: '' },
  })
  if (call.type !== 'function') return
  call.function.name += part.function?.name ?? ''
  call.function.arguments += part.function?.arguments ?? ''
}
