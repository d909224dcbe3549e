import { randomUUID } from 'node:crypto'
import type {
  ChatCompletionCreateParams,
  ChatCompletionFunctionTool,
  ChatCompletionMessageFunctionToolCall,
} from 'openai/resources/chat/completions'
import { messageText } from './tokens.ts'

const PREFIX = '(canned answer)'

/** What the "model" says: some text, or a wish to call a tool. */
export type Reply =
  | { content: string; toolCall?: undefined }
  | { content: null; toolCall: ChatCompletionMessageFunctionToolCall }

/**
 * Plays an agent from a script: a plan when tools are offered but may not be called yet, then one
 * call of each of two tools, then an answer that quotes the instructions and the tools' results.
 */
export function reply({ messages, tools = [], tool_choice }: ChatCompletionCreateParams): Reply {
  const lastUser = messages.findLastIndex(({ role }) => role === 'user')
  const asked = messages.slice(0, lastUser + 1)
  const question = asked.slice(-1).map(messageText).join('')
  const results = messages
    .slice(lastUser + 1)
    .filter(({ role }) => role === 'tool')
    .map(messageText)
  const functions = tools.filter((tool) => tool.type === 'function').slice(0, 2)
  const next = functions[results.length]
  if (next && tool_choice !== 'none') {
    return { content: null, toolCall: call(next, `${question}\n${results.join('\n')}`) }
  }
  if (next && results.length === 0) return { content: plan(functions) }
  const material = asked.slice(0, -1).map(messageText).join('\n')
  return { content: answer(material, question, results) }
}

function plan(tools: readonly ChatCompletionFunctionTool[]): string {
  const names = tools.map((tool) => tool.function.name).join(', then ')
  return `${PREFIX} 1. Read what the documents say. 2. Call ${names}. 3. Answer from both.`
}

function answer(material: string, question: string, results: readonly string[]): string {
  const quotes = closestSentences(material, question)
  const said = quotes.length > 0 ? quotes.join(' ') : 'No model is behind this server.'
  const returned = results.length > 0 ? ` The tools returned ${results.join(' and ')}.` : ''
  return `${PREFIX} ${said}${returned}`
}

function closestSentences(material: string, question: string): string[] {
  const asked = words(question)
  return material
    .split(/(?<=[.!?])\s+|\n/)
    .map((sentence) => ({ sentence, shared: sharedWords(sentence, asked) }))
    .filter(({ shared }) => shared > 1)
    .toSorted((a, b) => b.shared - a.shared)
    .slice(0, 3)
    .map(({ sentence }) => sentence)
}

function sharedWords(sentence: string, asked: ReadonlySet<string>): number {
  return [...words(sentence)].filter((word) => asked.has(word)).length
}

function words(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu))
}

function call(
  { function: { name, parameters } }: ChatCompletionFunctionTool,
  text: string,
): ChatCompletionMessageFunctionToolCall {
  const properties = Object.entries((parameters?.['properties'] ?? {}) as Record<string, Property>)
  const filled = properties.map(([key, property]) => [key, argument(key, property, text)])
  const id = `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`
  return {
    id,
    type: 'function',
    function: { name, arguments: JSON.stringify(Object.fromEntries(filled)) },
  }
}

interface Property {
  type?: string
  enum?: string[]
}

/** An argument taken from the conversation: the option it names, its numbers, or its first line. */
function argument(key: string, { type, enum: options }: Property, text: string): string | number {
  if (options) return options.find((option) => text.includes(option)) ?? options[0] ?? ''
  const numbers = text.match(/\b\d+(?:\.\d+)?\b/g) ?? ['0']
  if (type === 'number' || type === 'integer') return Number(numbers[0])
  if (key === 'expression') return numbers.join(' * ')
  return text.split('\n')[0] ?? ''
}
