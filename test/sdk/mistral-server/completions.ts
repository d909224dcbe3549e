import { type Answer, event, type ServerSentEvent } from '../scripted-server/dialect.ts'
import type { Script } from '../scripted-server/script.ts'
import { bill, CREATED, datedModel, type MistralApi, type RequestBody, usageOf } from './api.ts'

type Content = string | readonly object[]

const CALL_ID = 'D681PevKs'
const THOUGHT = { type: 'thinking', thinking: [{ type: 'text', text: 'CANARY-THOUGHT' }] }

/** What a model that reasons says comes in chunks, its thoughts first. */
const isReasoning = ({ prompt_mode: mode }: RequestBody): boolean => mode === 'reasoning'

function toolCalls({ messages, tools }: RequestBody, script: Script): object[] | undefined {
  const answered = messages?.some((turn) => turn?.role === 'tool')
  const name = script.callsTools && !answered ? tools?.[0]?.function?.name : undefined
  if (name === undefined) return undefined
  return [{ id: CALL_ID, index: 0, function: { name, arguments: script.toolArguments } }]
}

function contents(request: RequestBody, { pieces }: Script): Content[] {
  if (!isReasoning(request)) return ['', ...pieces]
  const texts = pieces.map((text) => [{ type: 'text', text }])
  return [[THOUGHT], ...texts]
}

function wholeContent(request: RequestBody, { pieces }: Script): Content {
  const text = pieces.join('')
  return isReasoning(request) ? [THOUGHT, { type: 'text', text }] : text
}

function answer(request: RequestBody, script: Script): Answer {
  const calls = toolCalls(request, script)
  const finish = calls ? 'tool_calls' : script.finish
  const usage = bill(request, script)
  const indexes = Array.from({ length: request.n ?? 1 }, (_, index) => index)
  const head = { id: `cmpl-${request.model}`, created: CREATED, model: datedModel(request.model) }
  const content = calls ? '' : wholeContent(request, script)
  const message = { role: 'assistant', content, tool_calls: calls ?? null }
  const chunk = (choices: object[], more: object = {}): ServerSentEvent =>
    event({ ...head, object: 'chat.completion.chunk', choices, ...more })
  const pieces = calls ? [] : contents(request, script)
  const last = calls ? { role: 'assistant', content: '', tool_calls: calls } : { content: '' }
  return {
    body: {
      ...head,
      object: 'chat.completion',
      choices: indexes.map((index) => ({ index, message, finish_reason: finish })),
      usage: usageOf(usage),
    },
    events: [
      ...pieces.map((piece) =>
        chunk(
          indexes.map((index) => ({
            index,
            delta: { role: 'assistant', content: piece },
            finish_reason: null,
          })),
        ),
      ),
      chunk(
        indexes.map((index) => ({ index, delta: last, finish_reason: finish })),
        { usage: usageOf(usage) },
      ),
      { data: '[DONE]' },
    ],
    usage,
    streamsUsage: true,
  }
}

const errorEvent = event({
  object: 'error',
  message: 'Internal server error CANARY-ERROR-TEXT',
  type: 'internal_server_error',
  code: '1000',
})

/** Chats, with a model or an agent, and what fills in the middle are answered alike. */
export const completions: MistralApi = {
  path: /\/v1\/(chat|agents|fim)\/completions$/,
  answer,
  errorEvent,
}
