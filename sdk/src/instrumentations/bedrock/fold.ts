import type { Block, ConverseEvent, ConverseResponse, Delta } from './wire.ts'

/** Far more blocks than any answer has: an index beyond it is an error of the server's. */
const MOST = 1000

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/** An answer as far as it has come. */
interface Folded extends Writable<ConverseResponse> {
  output: { readonly message: { role: string; readonly content: Writable<Block>[] } }
}

/** Folds one event of a stream into the answer that the call would have returned without streaming. */
export function foldEvent(
  response: ConverseResponse | undefined,
  event: ConverseEvent,
  content: boolean,
): ConverseResponse {
  const whole = (response as Folded | undefined) ?? begin()
  if (content) foldContent(whole.output.message.content, event)
  if (event.messageStop?.stopReason) whole.stopReason = event.messageStop.stopReason
  const { usage, serviceTier, trace } = event.metadata ?? {}
  if (usage) whole.usage = usage
  if (serviceTier) whole.serviceTier = serviceTier
  if (trace) whole.trace = trace
  return whole
}

const begin = (): Folded => ({ output: { message: { role: 'assistant', content: [] } } })

function foldContent(blocks: Writable<Block>[], event: ConverseEvent): void {
  const { contentBlockStart, contentBlockDelta } = event
  const { contentBlockIndex: index = 0 } = contentBlockStart ?? contentBlockDelta ?? {}
  if (!(index < MOST)) return
  const toolUse = contentBlockStart?.start?.toolUse
  if (toolUse) blocks[index] = { toolUse: { ...toolUse, input: '' } }
  // a block of text begins with its first piece
  if (contentBlockDelta?.delta) foldDelta((blocks[index] ??= {}), contentBlockDelta.delta)
}

function foldDelta(block: Writable<Block>, { text, toolUse, reasoningContent }: Delta): void {
  if (text !== undefined) block.text = (block.text ?? '') + text
  if (toolUse?.input !== undefined) {
    const before = block.toolUse?.input as string | undefined
    block.toolUse = { ...block.toolUse, input: (before ?? '') + toolUse.input }
  }
  if (reasoningContent) {
    const before = block.reasoningContent?.reasoningText?.text ?? ''
    block.reasoningContent = { reasoningText: { text: before + (reasoningContent.text ?? '') } }
  }
}
