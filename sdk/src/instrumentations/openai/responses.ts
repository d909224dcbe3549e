import type {
  Response,
  ResponseCreateParams,
  ResponseOutputItem,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses'
import type { Method } from '../../calls/adapter.ts'
import type { Message, Part } from '../../calls/genai.ts'
import { contentParts, functionPart, outputType, serviceTier, toolDefinitions } from './messages.ts'
import { costOf, type ResponseUsage, responseUsageOf } from './usage.ts'

type Told = Omit<Response, 'usage'> & { readonly usage?: ResponseUsage | null }

/** What is kept of a response while it streams: its last full state, and text that has none yet. */
interface Folded {
  readonly response: Partial<Told>
  readonly text: string
  /** The error event, which versions 5 and 6 hand on as they do any other. */
  readonly error?: { readonly code: string | null; readonly message: string }
}

/** The Responses API, streamed or not. */
export const responses: Method<ResponseCreateParams, Told | Folded, ResponseStreamEvent> = {
  operation: 'chat',
  request: (request) => ({
    model: request.model,
    stream: request.stream || undefined,
    maxTokens: request.max_output_tokens ?? undefined,
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    outputType: outputType(request.text?.format?.type),
    reasoningLevel: request.reasoning?.effort ?? undefined,
    previousResponseId: request.previous_response_id ?? undefined,
    conversationId:
      typeof request.conversation === 'string' ? request.conversation : request.conversation?.id,
    apiType: 'responses',
    serviceTier: serviceTier(request.service_tier),
    messages: () => inputMessages(request.input),
    instructions: () => contentParts(request.instructions),
    tools: () => toolDefinitions(request.tools),
  }),
  response: (value) => {
    const { response, text, error }: Folded =
      'response' in value ? value : { response: value, text: '' }
    return {
      id: response.id,
      model: response.model,
      status: response.status,
      finishReasons: finishReasons(response),
      serviceTier: response.service_tier ?? undefined,
      error: error ?? failureOf(response),
      usage: responseUsageOf(response.usage),
      cost: costOf(response.usage),
      messages: () => outputMessages(response.output ?? [], text),
    }
  },
  fold: (folded, event, content) => {
    const before = (folded ?? { response: {}, text: '' }) as Folded
    if ('response' in event) return { ...before, response: event.response }
    if (event.type === 'error') return { ...before, error: event }
    if (content && event.type === 'response.output_text.delta') {
      return { ...before, text: before.text + event.delta }
    }
    return before
  },
}

function failureOf({ status, error }: Partial<Told>): unknown {
  return status === 'failed' ? (error ?? { code: 'server_error' }) : undefined
}

/** The API has a status in place of finish reasons: these are the ones that chat completions would give. */
function finishReasons({
  status,
  incomplete_details,
  output,
}: Partial<Told>): string[] | undefined {
  const { reason } = incomplete_details ?? {}
  if (reason) return [reason === 'max_output_tokens' ? 'length' : reason]
  if (status !== 'completed') return undefined
  return output?.some(({ type }) => type === 'function_call') ? ['tool_calls'] : ['stop']
}

function inputMessages(input: ResponseCreateParams['input']): Message[] {
  if (input === undefined) return []
  if (typeof input === 'string') return [{ role: 'user', parts: contentParts(input) }]
  return input.map((item) => ('role' in item ? roleMessage(item) : itemMessage(item)))
}

function roleMessage(item: { role: string; content?: unknown }): Message {
  return { role: item.role, parts: contentParts(item.content) }
}

function outputMessages(output: readonly ResponseOutputItem[], streamed: string): Message[] {
  if (output.length > 0) {
    return [{ role: 'assistant', parts: output.flatMap((item) => itemMessage(item).parts) }]
  }
  return streamed ? [{ role: 'assistant', parts: contentParts(streamed) }] : []
}

function itemMessage(item: object): Message {
  const { type, ...rest } = item as { type: string } & Record<string, unknown>
  const id = typeof rest['call_id'] === 'string' ? rest['call_id'] : undefined
  switch (type) {
    case 'message':
      return { role: 'assistant', parts: contentParts(rest['content']) }
    case 'function_call':
      return one(
        functionPart(id, { name: String(rest['name']), arguments: String(rest['arguments']) }),
      )
    case 'custom_tool_call':
      return one({ type: 'tool_call', id, name: rest['name'], arguments: rest['input'] })
    case 'function_call_output':
    case 'custom_tool_call_output':
      return one({ type: 'tool_call_response', id, response: rest['output'] }, 'tool')
    case 'reasoning':
      return one({ type: 'reasoning', content: reasoningText(rest['summary']) })
    default:
      return one({ type: 'server_tool_call', name: type, server_tool_call: { type, ...rest } })
  }
}

const one = (part: Part, role = 'assistant'): Message => ({ role, parts: [part] })

function reasoningText(summary: unknown): string {
  return Array.isArray(summary)
    ? summary.map(({ text }: { text?: string }) => text ?? '').join('\n')
    : ''
}
