import { context } from '@opentelemetry/api'
import { type Followed, followChannel } from '../../frameworks/channel.ts'
import type { Subscription } from '../../frameworks/subscription.ts'
import { agentOperation, toolOperation } from '../../operations/agent-operations.ts'
import { newAgentRun } from '../../operations/agent-run.ts'
import { beginOperation, type Running } from '../../operations/run-operation.ts'
import { reportOther } from '../../report.ts'
import { isObserved } from '../../started.ts'
import { causeOf } from './errors.ts'
import { type ModelEvent, modelCall } from './model.ts'

/** What the channel tells of, as far as it becomes a span. */
interface Message {
  readonly type: string
  readonly event: ModelEvent & {
    readonly functionId?: string
    readonly toolCall?: { toolName: string; toolCallId?: string; input?: unknown }
  }
}

/** The functions of `ai` in which a model may be called again and again, with tools between. */
const AGENTS: ReadonlySet<string> = new Set([
  'generateText',
  'streamText',
  'generateObject',
  'streamObject',
])

let isFollowed = false

function subscribe({ generateText }: Readonly<Record<string, unknown>>): number {
  if (typeof generateText !== 'function') return 0
  if (!isFollowed) followChannel('ai:telemetry', (message) => begin(message as Message))
  isFollowed = true
  return 1
}

/** Calls of which the answers are streamed. */
const streaming = new Set<string>()

function begin({ type, event }: Message): Followed | undefined {
  if (!isObserved()) return undefined
  const isTraced = hasOwnTracing()
  if (type === 'languageModelCall') {
    return modelCall('chat', event, streaming.has(event.callId), isTraced)
  }
  if (type === 'embed' || type === 'embedMany') {
    return modelCall('embeddings', event, false, isTraced)
  }
  if (isTraced) return undefined
  if (type === 'executeTool') return tool(event)
  return AGENTS.has(type) ? agent(type, event) : undefined
}

/** The package that makes spans of `ai` for OpenTelemetry is registered by the application itself. */
function hasOwnTracing(): boolean {
  const { AI_SDK_TELEMETRY_INTEGRATIONS: all = [] } = globalThis as {
    AI_SDK_TELEMETRY_INTEGRATIONS?: readonly object[]
  }
  const isTraced = all.some(({ constructor }) => constructor.name.endsWith('OpenTelemetry'))
  if (isTraced) reportOther('ai', '@ai-sdk/otel', 'no registerTelemetry() of its classes')
  return isTraced
}

function agent(type: string, { functionId: name, modelId, callId }: Message['event']): Followed {
  const run = newAgentRun(name)
  const running = beginOperation(() =>
    agentOperation('invoke_agent', { name, model: modelId }, run),
  )
  if (type.startsWith('stream')) streaming.add(callId)
  return {
    context: running?.context ?? context.active(),
    end: () => {
      streaming.delete(callId)
      running?.end()
    },
    fail: (error) => {
      streaming.delete(callId)
      running?.fail(causeOf(error))
    },
  }
}

function tool({ toolCall }: Message['event']): Followed | undefined {
  if (!toolCall) return undefined
  const running = beginOperation(() =>
    toolOperation({
      name: toolCall.toolName,
      callId: toolCall.toolCallId,
      arguments: toolCall.input,
    }),
  )
  return running && { context: running.context, ...toolOutcome(running) }
}

/** A tool that throws is a result as well. */
function toolOutcome(running: Running): Pick<Followed, 'end' | 'fail'> {
  return {
    end: (result) => {
      const { output } = (result ?? {}) as {
        output?: { type?: string; output?: unknown; error?: unknown }
      }
      if (output?.type === 'tool-error') running.fail(output.error)
      else running.end(output?.output)
    },
    fail: (error) => running.fail(error),
  }
}

/** Vercel's AI SDK tells of itself on a channel, and of models that it calls without a client. */
export const ai: Subscription = {
  module: 'ai',
  majors: [7],
  files: ['dist/index'],
  targets: ['generateText'],
  subscribe,
}
