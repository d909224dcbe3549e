import type { Method } from '../../calls/adapter.ts'
import type { GenAiRequest, Message, Part } from '../../calls/genai.ts'
import { readParameters } from './chat.ts'
import { argumentsOf, contentParts, toolDefinitions } from './content.ts'
import { joined } from './fold.ts'
import { usageOf } from './usage.ts'
import type { Conversation, ConversationEvent, ConversationRequest, Entry } from './wire.ts'

/** Far more entries than any answer has: an index beyond it is an error of the server's. */
const MOST = 1000

/** An answer as far as it has come. */
interface Folded extends Conversation {
  readonly outputs: Entry[]
  usage?: Conversation['usage']
  error?: object
}

type Converse = Method<ConversationRequest, Conversation, ConversationEvent>

/** One turn of a conversation that Mistral keeps, with a model or an agent. */
export const converse: Converse = {
  operation: 'chat',
  request: readRequest,
  response: (answer) => {
    const { outputs = [], usage, error } = answer as Partial<Folded>
    return {
      model: outputs.find(({ model }) => model)?.model ?? undefined,
      usage: usageOf(usage),
      error,
      messages: () => outputs.map(toMessage),
    }
  },
}

export const converseStream: Converse = {
  ...converse,
  request: (request) => ({ ...readRequest(request), stream: true }),
  fold: (answer, { data }, content) => {
    const whole = (answer as Folded | undefined) ?? { outputs: [] }
    if (data.usage) whole.usage = data.usage
    if (data.type === 'conversation.response.error') whole.error = data
    if (data.outputIndex !== undefined) foldEntry(whole.outputs, data, content)
    return whole
  },
}

function readRequest(request: ConversationRequest): GenAiRequest {
  const turn =
    request.conversationAppendRequest ??
    request.conversationAppendStreamRequest ??
    request.conversationRestartRequest ??
    request.conversationRestartStreamRequest ??
    request
  const { model, completionArgs, inputs, instructions, tools } = turn
  return {
    ...readParameters(completionArgs ?? {}),
    model: model ?? undefined,
    conversationId: request.conversationId,
    messages: () =>
      typeof inputs === 'string'
        ? [{ role: 'user', parts: contentParts(inputs) }]
        : (inputs ?? []).map(toMessage),
    instructions: () => contentParts(instructions ?? undefined),
    tools: () => toolDefinitions(tools),
  }
}

function foldEntry(
  outputs: Entry[],
  {
    outputIndex = 0,
    type,
    id,
    model,
    content,
    name,
    toolCallId,
    arguments: given,
  }: ConversationEvent['data'],
  keepsContent: boolean,
): void {
  if (!(outputIndex < MOST)) return
  const before = outputs[outputIndex]
  if (!keepsContent) return void (outputs[outputIndex] = before ?? { model: model ?? null })
  const isCall = type === 'function.call.delta'
  outputs[outputIndex] = {
    type: isCall ? 'function.call' : 'message.output',
    ...before,
    ...(id !== undefined && { id }),
    ...(model && { model }),
    ...(isCall
      ? {
          name: name ?? '',
          toolCallId: toolCallId ?? '',
          arguments: said(before?.arguments, given),
        }
      : { content: joined(before?.content, content) }),
  }
}

const said = (before: Entry['arguments'], piece: Entry['arguments']): string =>
  `${typeof before === 'string' ? before : ''}${typeof piece === 'string' ? piece : ''}`

function toMessage(entry: Entry): Message {
  const { type, role, content, toolCallId: id, name, result } = entry
  if (type === 'function.result') {
    return { role: 'tool', parts: [{ type: 'tool_call_response', id, response: result }] }
  }
  if (type === 'function.call') {
    const part: Part = { type: 'tool_call', id, name, arguments: argumentsOf(entry.arguments) }
    return { role: 'assistant', parts: [part] }
  }
  if (content === undefined) {
    return { role: 'assistant', parts: [{ ...entry, type: String(type) }] }
  }
  return { role: role ?? 'assistant', parts: contentParts(content) }
}
