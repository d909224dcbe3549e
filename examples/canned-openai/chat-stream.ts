import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionMessageFunctionToolCall,
} from 'openai/resources/chat/completions'
import { tokenize } from './tokens.ts'

type Choice = ChatCompletionChunk.Choice
type Delta = ChatCompletionChunk.Choice.Delta

/** A chunk, and how many tokens had to be generated for it. */
interface Piece<T> {
  readonly value: T
  readonly tokens: number
}

/** Cuts a completion into the chunks of its stream: the role, the text, the end and, on demand, the usage. */
export function* chunks(
  completion: ChatCompletion,
  includeUsage: boolean,
  chunkTokens: () => number,
): Generator<Piece<ChatCompletionChunk>> {
  const { choices, usage, ...rest } = completion
  const base = {
    ...rest,
    object: 'chat.completion.chunk' as const,
    ...(includeUsage && { usage: null }),
  }
  const chunk = (delta: Delta, finish_reason: Choice['finish_reason'] = null) => ({
    ...base,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  })
  for (const choice of choices) {
    for (const { value, tokens } of deltas(choice.message, chunkTokens)) {
      yield { value: chunk(value), tokens }
    }
    yield { value: chunk({}, choice.finish_reason), tokens: 0 }
  }
  if (includeUsage && usage) yield { value: { ...base, choices: [], usage }, tokens: 0 }
}

function* deltas(
  { role, content, refusal, tool_calls = [] }: ChatCompletion.Choice['message'],
  chunkTokens: () => number,
): Generator<Piece<Delta>> {
  yield { value: { role, content: content === null ? null : '', refusal }, tokens: 0 }
  for (const { value, tokens } of pieces(content ?? '', chunkTokens)) {
    yield { value: { content: value }, tokens }
  }
  for (const [index, call] of tool_calls.entries()) {
    if (call.type === 'function') yield* toolCallDeltas(index, call, chunkTokens)
  }
}

function* toolCallDeltas(
  index: number,
  { id, type, function: { name, arguments: written } }: ChatCompletionMessageFunctionToolCall,
  chunkTokens: () => number,
): Generator<Piece<Delta>> {
  const opening = { index, id, type, function: { name, arguments: '' } }
  yield { value: { tool_calls: [opening] }, tokens: tokenize(name).length }
  for (const { value, tokens } of pieces(written, chunkTokens)) {
    yield { value: { tool_calls: [{ index, function: { arguments: value } }] }, tokens }
  }
}

function* pieces(text: string, chunkTokens: () => number): Generator<Piece<string>> {
  const tokens = tokenize(text)
  while (tokens.length > 0) {
    const piece = tokens.splice(0, chunkTokens())
    yield { value: piece.join(''), tokens: piece.length }
  }
}
