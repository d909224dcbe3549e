import type {
  ChatCompletionCreateParams,
  ChatCompletionMessageParam,
  ChatCompletionMessageToolCall,
} from 'openai/resources/chat/completions'

/** Splits text into tokens of at most six letters, or one sign, with the blanks before them; joined, they are the text. */
export function tokenize(text: string): string[] {
  return text.match(/\s*(?:[\p{L}\p{N}]{1,6}|[^\s\p{L}\p{N}])|\s+$/gu) ?? []
}

/** The tokens of a whole prompt, tools first: they change least, so that a cache can find them again. */
export function promptTokens({ tools = [], messages }: ChatCompletionCreateParams): string[] {
  const definitions = tools.map((tool) => JSON.stringify(tool).replaceAll(/["{}[\],:]+/g, ' '))
  return [...definitions, ...messages.map(render)].flatMap(tokenize)
}

/** The text of a message, whatever its shape. */
export function messageText(message: ChatCompletionMessageParam): string {
  const { content } = message
  if (typeof content === 'string') return content
  return (content ?? []).map((part) => (part.type === 'text' ? part.text : part.type)).join('\n')
}

/** A tool call as the model writes it. */
export function callText(call: ChatCompletionMessageToolCall): string {
  return call.type === 'function' ? `${call.function.name} ${call.function.arguments}` : call.id
}

function render(message: ChatCompletionMessageParam): string {
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : []
  return [`${message.role}: ${messageText(message)}`, ...calls.map(callText)].join('\n')
}
