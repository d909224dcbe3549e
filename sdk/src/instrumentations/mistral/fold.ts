import type {
  Chunk,
  Completion,
  CompletionEvent,
  Content,
  Message,
  PieceChoice,
  ToolCall,
} from './wire.ts'

/** Far more choices, chunks or tool calls than any answer has: an index beyond it is an error of the server's. */
const MOST = 1000

type Writable<Of> = { -readonly [Key in keyof Of]: Of[Key] }
type WholeMessage = Writable<Omit<Message, 'toolCalls'>> & { toolCalls?: ToolCall[] }

interface WholeChoice {
  finishReason?: string
  message: WholeMessage
}

/** An answer as far as it has come. */
type Folded = Writable<Omit<Completion, 'choices'>> & { choices: WholeChoice[] }

/** Folds one event of a stream into the answer that the call would have returned without streaming. */
export function foldEvent(
  answer: Completion | undefined,
  { data }: CompletionEvent,
  content: boolean,
): Completion {
  const whole = (answer as Folded | undefined) ?? begin(data)
  if (data.usage) whole.usage = data.usage
  for (const choice of data.choices ?? []) foldChoice(whole.choices, choice, content)
  return whole
}

function begin({ id, model }: CompletionEvent['data']): Folded {
  return { ...(id !== undefined && { id }), ...(model !== undefined && { model }), choices: [] }
}

function foldChoice(
  choices: WholeChoice[],
  { index = 0, delta, finishReason }: PieceChoice,
  content: boolean,
): void {
  if (!(index < MOST)) return
  const choice = (choices[index] ??= { message: { role: 'assistant' } })
  if (finishReason) choice.finishReason = finishReason
  if (!content || !delta) return
  choice.message.content = joined(choice.message.content, delta.content)
  for (const part of delta.toolCalls ?? []) {
    foldToolCall((choice.message.toolCalls ??= []), part)
  }
}

/** Content goes on as text, or as chunks, which each go on as long as they are of one kind. */
export function joined(before: Content | undefined, piece: Content | undefined): Content {
  if (!piece) return before ?? null
  if (typeof piece === 'string' && (!before || typeof before === 'string')) {
    return (before ?? '') + piece
  }
  return chunksOf(piece).reduce<Chunk[]>(withChunk, chunksOf(before))
}

const chunksOf = (content: Content | undefined): Chunk[] => {
  if (!content) return []
  return typeof content === 'string' ? [{ type: 'text', text: content }] : [...content]
}

function withChunk(chunks: Chunk[], chunk: Chunk): Chunk[] {
  const last = chunks.at(-1)
  const goesOn = last?.type === chunk.type
  if (goesOn && chunk.type === 'text') {
    return [...chunks.slice(0, -1), { ...last, text: (last?.text ?? '') + (chunk.text ?? '') }]
  }
  if (goesOn && chunk.type === 'thinking') {
    const thinking = joined(last?.thinking, chunk.thinking) ?? ''
    return [...chunks.slice(0, -1), { ...last, thinking }]
  }
  return [...chunks, chunk]
}

function foldToolCall(calls: ToolCall[], part: ToolCall): void {
  const { index = calls.length } = part
  if (!(index < MOST)) return
  const before = calls[index]?.function
  const { name, arguments: given } = part.function ?? {}
  calls[index] = {
    id: calls[index]?.id ?? part.id ?? '',
    function: {
      name: before?.name || name || '',
      arguments: longer(before?.arguments, given),
    },
  }
}

function longer(
  before: string | object | undefined,
  piece: string | object | undefined,
): string | object {
  if (typeof piece !== 'string') return piece ?? before ?? ''
  return typeof before === 'string' ? before + piece : piece
}
