import type { Answer, ServerSentEvent } from '../scripted-server/dialect.ts'
import type { Script } from '../scripted-server/script.ts'
import { bill, datedModel, type MistralApi, type RequestBody } from './api.ts'

const CREATED = '2026-01-01T00:00:00.000Z'
const CONNECTORS = 7

const named = (data: { readonly type: string }): ServerSentEvent => ({
  event: data.type,
  data: JSON.stringify({ ...data, created_at: CREATED }),
})

function answer(request: RequestBody, script: Script): Answer {
  const { input, output } = bill(request, script)
  const usage = {
    prompt_tokens: input - CONNECTORS,
    completion_tokens: output,
    total_tokens: input + output,
    connector_tokens: CONNECTORS,
    connectors: { web_search: 1 },
  }
  const head = { id: 'msg_1', model: datedModel(request.model), agent_id: null }
  const call = { ...head, name: 'weather', tool_call_id: 'call_1', arguments: script.toolArguments }
  const content = script.pieces.join('')
  const delta = { ...head, type: 'message.output.delta', role: 'assistant', content_index: 0 }
  const pieces = script.callsTools
    ? [named({ ...call, type: 'function.call.delta', output_index: 0 } as { type: string })]
    : script.pieces.map((piece) =>
        named({ ...delta, output_index: 0, content: piece } as { type: string }),
      )
  const started = { type: 'conversation.response.started', conversation_id: 'conv_1' }
  return {
    body: {
      object: 'conversation.response',
      conversation_id: 'conv_1',
      outputs: [
        script.callsTools
          ? { ...call, object: 'entry', type: 'function.call' }
          : { ...head, object: 'entry', type: 'message.output', role: 'assistant', content },
      ],
      usage,
    },
    events: [
      named(started),
      ...pieces,
      named({ type: 'conversation.response.done', usage } as { type: string }),
    ],
    usage: { input, cached: 0, cacheWritten: 0, output, reasoning: 0 },
    streamsUsage: true,
  }
}

/** Source: the types of the client, version 2.7.0, and docs.mistral.ai/agents/connectors, for how usage adds up. */
export const conversations: MistralApi = {
  path: /\/v1\/conversations(\/[^/]+)?$/,
  answer,
  errorEvent: named({
    type: 'conversation.response.error',
    message: 'CANARY-ERROR-TEXT',
    code: 500,
  } as { type: string }),
}
