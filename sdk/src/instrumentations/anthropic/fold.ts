import type { Block, Delta, Message, MessageUsage, StreamEvent } from './wire.ts'

/** A message while it streams. */
export interface FoldedMessage extends Message {
  readonly content: FoldedBlock[]
  model: string
  stop_reason?: string | null
  usage: MessageUsage
}

/** A block while it streams: the input of a tool comes as the text of its JSON. */
export interface FoldedBlock extends Block {
  text?: string
  thinking?: string
  inputText?: string
}

/** Far more blocks than any answer has: an index beyond it is an error of the server's. */
const MOST = 1000

/** Folds one event of a stream into the message that the call would have returned without streaming. */
export function foldEvent(
  folded: FoldedMessage | undefined,
  event: StreamEvent,
  content: boolean,
): FoldedMessage {
  const message = folded ?? empty()
  switch (event.type) {
    case 'message_start':
      return begin(event.message)
    case 'content_block_start':
      foldBlock(message, event.index, event.content_block, content)
      break
    case 'content_block_delta':
      if (content) foldDelta(message.content[event.index], event.delta)
      break
    case 'message_delta':
      message.usage = withTotals(message.usage, event.usage)
      if (event.delta.stop_reason) message.stop_reason = event.delta.stop_reason
      break
  }
  return message
}

const empty = (): FoldedMessage => ({
  id: '',
  model: '',
  role: 'assistant',
  content: [],
  usage: {},
})

function begin({ id, model, role, usage }: Message): FoldedMessage {
  // what there is of the output by now is a placeholder: `message_delta` has the count
  const input = { ...usage, output_tokens: undefined, output_tokens_details: undefined }
  return { id, model, role, content: [], usage: input }
}

function foldBlock(message: FoldedMessage, index: number, block: Block, content: boolean): void {
  // the model that this one hands over to writes the rest
  if (block.type === 'fallback') {
    const { model } = block['to'] as { readonly model?: string }
    if (model) message.model = model
  }
  if (content && index < MOST) message.content[index] = { ...block }
}

function foldDelta(block: FoldedBlock | undefined, delta: Delta): void {
  if (!block) return
  if (delta.type === 'text_delta') block.text = (block.text ?? '') + delta.text
  if (delta.type === 'thinking_delta') block.thinking = (block.thinking ?? '') + delta.thinking
  if (delta.type === 'input_json_delta') {
    block.inputText = (block.inputText ?? '') + delta.partial_json
  }
}

/** The counts of `message_delta` are totals, and replace those before; `null` leaves them as they are. */
function withTotals(usage: MessageUsage, totals: MessageUsage | undefined): MessageUsage {
  const told = Object.entries(totals ?? {}).filter(([, count]) => count !== null)
  return { ...usage, ...Object.fromEntries(told) }
}
