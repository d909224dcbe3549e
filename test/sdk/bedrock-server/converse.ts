import type { Answer, ServerSentEvent } from '../scripted-server/dialect.ts'
import type { Script, Usage } from '../scripted-server/script.ts'
import { type BedrockApi, bill, event, type RequestBody } from './api.ts'

/** In the wire format of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html. */

const STOP_REASONS = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'guardrail_intervened',
} as const

function toolToCall({ messages, toolConfig }: RequestBody, script: Script): string | undefined {
  const results = messages?.some(
    ({ content }) =>
      Array.isArray(content) && content.some((block: object) => 'toolResult' in block),
  )
  return script.callsTools && !results ? toolConfig?.tools?.[0]?.toolSpec?.name : undefined
}

function stopReason(request: RequestBody, script: Script): string {
  if (toolToCall(request, script) !== undefined) return 'tool_use'
  return script.refuses ? 'content_filtered' : STOP_REASONS[script.finish]
}

/** What is read from and written to the cache is beside the input. */
export function tokenUsage({ input, cached, cacheWritten, output }: Usage): object {
  return {
    inputTokens: input - cached - cacheWritten,
    outputTokens: output,
    totalTokens: input + output,
    cacheReadInputTokens: cached,
    cacheWriteInputTokens: cacheWritten,
  }
}

function blockOf(request: RequestBody, script: Script): object {
  const name = toolToCall(request, script)
  if (name === undefined) return { text: script.pieces.join('') }
  const input: unknown = JSON.parse(script.toolArguments)
  return { toolUse: { toolUseId: 'tooluse_1', name, input } }
}

function blockEvents(request: RequestBody, script: Script): ServerSentEvent[] {
  const name = toolToCall(request, script)
  const at = { contentBlockIndex: 0 }
  const delta = (of: object): ServerSentEvent =>
    event('contentBlockDelta', { ...at, delta: of, p: 'abcdefghij' })
  if (name === undefined) return script.pieces.map((text) => delta({ text }))
  const start = { toolUse: { toolUseId: 'tooluse_1', name } }
  const pieces = script.toolArguments.match(/.{1,9}/gsu) ?? []
  return [
    event('contentBlockStart', { ...at, start }),
    ...pieces.map((input) => delta({ toolUse: { input } })),
  ]
}

/** The events of a stream, which Nova's own body has as well. */
export function events(request: RequestBody, script: Script, usage: object): ServerSentEvent[] {
  return [
    event('messageStart', { role: 'assistant' }),
    ...blockEvents(request, script),
    event('contentBlockStop', { contentBlockIndex: 0 }),
    event('messageStop', { stopReason: stopReason(request, script) }),
    event('metadata', { usage, metrics: { latencyMs: 12 } }),
  ]
}

/** An answer, which Nova's own body is as well. */
export function answer(request: RequestBody, script: Script): Answer {
  const usage = bill(request, script)
  const told = tokenUsage(usage)
  return {
    body: {
      output: { message: { role: 'assistant', content: [blockOf(request, script)] } },
      stopReason: stopReason(request, script),
      usage: told,
      metrics: { latencyMs: 12 },
    },
    events: events(request, script, told),
    usage,
    streamsUsage: true,
  }
}

export const converse: BedrockApi = {
  path: /\/converse(-stream)?$/,
  answer,
  errorEvent: event('modelStreamErrorException', { message: 'Broken: CANARY-ERROR-TEXT' }),
}
