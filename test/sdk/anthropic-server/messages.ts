import type { Answer, ServerSentEvent } from '../scripted-server/dialect.ts'
import type { Script } from '../scripted-server/script.ts'
import { type AnthropicApi, bill, errorBody, event, messageUsage, type RequestBody } from './api.ts'

interface Block {
  readonly whole: object
  readonly start: object
  readonly deltas: readonly object[]
}

interface StreamEvent {
  readonly type: string
  readonly [key: string]: unknown
}

const THOUGHTS = ['CANARY-THOUGHT', ' of two']
const STOP_REASONS = { stop: 'end_turn', length: 'max_tokens', content_filter: 'refusal' } as const

/** The API answers an alias with the dated model behind it. */
const datedModel = (model: string): string => `${model}-2026-01-01`

function toolToCall({ messages, tools }: RequestBody, script: Script): string | undefined {
  const results = messages?.some(
    (turn) =>
      Array.isArray(turn?.content) &&
      turn.content.some((block: { type?: string }) => block?.type === 'tool_result'),
  )
  return script.callsTools && !results ? tools?.[0]?.name : undefined
}

function blocks(request: RequestBody, script: Script): Block[] {
  const thought = request.thinking?.type === 'enabled' ? [thinkingBlock()] : []
  const tool = toolToCall(request, script)
  return [...thought, tool === undefined ? textBlock(script) : toolBlock(tool, script)]
}

function thinkingBlock(): Block {
  const start = { type: 'thinking', thinking: '', signature: '' }
  const signature = 'EqQBCkYIBxgCKkB'
  return {
    whole: { ...start, thinking: THOUGHTS.join(''), signature },
    start,
    deltas: [
      ...THOUGHTS.map((thinking) => ({ type: 'thinking_delta', thinking })),
      { type: 'signature_delta', signature },
    ],
  }
}

function textBlock({ pieces }: Script): Block {
  return {
    whole: { type: 'text', text: pieces.join(''), citations: null },
    start: { type: 'text', text: '', citations: null },
    deltas: pieces.map((text) => ({ type: 'text_delta', text })),
  }
}

function toolBlock(name: string, { toolArguments }: Script): Block {
  const start = { type: 'tool_use', id: 'toolu_01A09q90qw90lq917835lq9', name, input: {} }
  return {
    whole: { ...start, input: JSON.parse(toolArguments) as object },
    start,
    deltas: (toolArguments.match(/.{1,9}/gsu) ?? []).map((partial_json) => ({
      type: 'input_json_delta',
      partial_json,
    })),
  }
}

function stopReason(request: RequestBody, script: Script): string {
  if (toolToCall(request, script) !== undefined) return 'tool_use'
  return script.refuses ? 'refusal' : STOP_REASONS[script.finish]
}

function message(request: RequestBody, changes: object): object {
  return {
    id: `msg_${request.model}`,
    type: 'message',
    role: 'assistant',
    model: datedModel(request.model),
    content: [],
    stop_reason: null,
    stop_sequence: null,
    ...changes,
  }
}

function blockEvents({ start, deltas }: Block, index: number): StreamEvent[] {
  return [
    { type: 'content_block_start', index, content_block: start },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'ping' },
    { type: 'content_block_stop', index },
  ]
}

function events(request: RequestBody, script: Script): ServerSentEvent[] {
  const usage = bill(request, script)
  const opened = messageUsage({ ...usage, output: 1, reasoning: 0 })
  const body = blocks(request, script).flatMap(blockEvents)
  return [
    { type: 'message_start', message: message(request, { usage: opened }) },
    ...body,
    {
      type: 'message_delta',
      delta: { stop_reason: stopReason(request, script), stop_sequence: null },
      // totals of the whole message, not what has come since
      usage: messageUsage(usage),
    },
    { type: 'message_stop' },
  ].map(event)
}

function answer(request: RequestBody, script: Script): Answer {
  const usage = bill(request, script)
  return {
    body: message(request, {
      content: blocks(request, script).map(({ whole }) => whole),
      stop_reason: stopReason(request, script),
      usage: messageUsage(usage),
    }),
    events: request.stream ? events(request, script) : [],
    usage,
    streamsUsage: true,
  }
}

export const messages: AnthropicApi = {
  path: '/messages',
  answer,
  errorEvent: event(errorBody('overloaded_error', 'Overloaded: CANARY-ERROR-TEXT')),
}
