import type { ResponseOutputItem, ResponseUsage } from 'openai/resources/responses/responses'
import { type Answer, type ServerSentEvent } from '../scripted-server/dialect.ts'
import {
  type OpenAIApi,
  bill,
  CREATED,
  datedModel,
  namedEvent,
  type RequestBody,
  SERVER_ERROR,
} from './api.ts'
import type { Script, Usage } from '../scripted-server/script.ts'

type Content = { type: 'output_text'; text: string; annotations: []; logprobs: [] }

const text = (value: string): Content => ({
  type: 'output_text',
  text: value,
  annotations: [],
  logprobs: [],
})

function response(request: RequestBody, changes: object): object {
  return {
    id: `resp_${request.model}`,
    object: 'response',
    created_at: CREATED,
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: null,
    model: datedModel(request.model),
    output: [],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    store: true,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: request.tools ?? [],
    top_p: 1,
    truncation: 'disabled',
    usage: null,
    metadata: {},
    ...changes,
  }
}

function toolToCall({ input, tools }: RequestBody, script: Script): string | undefined {
  const answered = Array.isArray(input) && input.some(({ type }) => type === 'function_call_output')
  return script.callsTools && !answered ? tools?.[0]?.name : undefined
}

function output(request: RequestBody, script: Script): ResponseOutputItem {
  const tool = toolToCall(request, script)
  if (tool !== undefined) {
    return {
      id: 'fc_1',
      type: 'function_call',
      status: 'completed',
      call_id: 'call_1',
      name: tool,
      arguments: script.toolArguments,
    }
  }
  const answer = script.pieces.join('')
  return {
    id: 'msg_1',
    type: 'message',
    status: 'completed',
    role: 'assistant',
    content: [script.refuses ? { type: 'refusal', refusal: answer } : text(answer)],
  }
}

function ending(request: RequestBody, script: Script): { status: string; body: object } {
  const filtered = script.finish !== 'stop'
  const reason = script.finish === 'length' ? 'max_output_tokens' : 'content_filter'
  const status = filtered ? 'incomplete' : 'completed'
  const changes = {
    status,
    incomplete_details: filtered ? { reason } : null,
    output: [output(request, script)],
    usage: responseUsage(bill(request, script)),
  }
  return { status, body: response(request, changes) }
}

function events(request: RequestBody, script: Script): ServerSentEvent[] {
  const item = output(request, script)
  const place = { item_id: item.id, output_index: 0 }
  const part = { ...place, content_index: 0 }
  const answer = script.pieces.join('')
  const end = ending(request, script)
  const body =
    item.type === 'function_call'
      ? [
          { type: 'response.function_call_arguments.delta', ...place, delta: item.arguments },
          { type: 'response.function_call_arguments.done', ...place, arguments: item.arguments },
        ]
      : [
          { type: 'response.content_part.added', ...part, part: text('') },
          ...script.pieces.map((delta) => ({
            type: 'response.output_text.delta',
            ...part,
            delta,
            logprobs: [],
          })),
          { type: 'response.output_text.done', ...part, text: answer, logprobs: [] },
          { type: 'response.content_part.done', ...part, part: text(answer) },
        ]
  const opened =
    item.type === 'function_call' ? { ...item, arguments: '' } : { ...item, content: [] }
  return [
    { type: 'response.created', response: response(request, {}) },
    { type: 'response.in_progress', response: response(request, {}) },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...opened, status: 'in_progress' },
    },
    ...body,
    { type: 'response.output_item.done', output_index: 0, item },
    { type: `response.${end.status}`, response: end.body },
  ].map(namedEvent)
}

const responseUsage = ({ input, cached, output: out, reasoning }: Usage): ResponseUsage =>
  ({
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: out,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + out,
  }) as ResponseUsage

const ERROR_EVENT = { ...SERVER_ERROR, type: 'error', code: 'server_error' }

const answer = (request: RequestBody, script: Script): Answer => ({
  body: ending(request, script).body,
  events: request.stream ? events(request, script) : [],
  usage: bill(request, script),
  streamsUsage: true,
})

export const responses: OpenAIApi = {
  path: '/responses',
  answer,
  errorEvent: namedEvent(ERROR_EVENT, 3),
}
