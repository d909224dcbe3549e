import { context, type TraceAPI } from '@opentelemetry/api'
import { decideAtFirstSpanOf } from '../../first-span.ts'
import { type Followed, followChannel } from '../../frameworks/channel.ts'
import type { Declared, Subscription } from '../../frameworks/subscription.ts'
import { agentOperation, toolOperation } from '../../operations/agent-operations.ts'
import { newAgentRun } from '../../operations/agent-run.ts'
import { beginOperation, type Running } from '../../operations/run-operation.ts'
import { isObserved } from '../../started.ts'
import { causeOf } from './errors.ts'
import { type ModelEvent, modelCall } from './model.ts'
import { hasOwnTracing, watchDispatchers } from './own-tracing.ts'

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

function subscribe(declared: Declared): number {
  if (typeof declared['generateText'] !== 'function') return 0
  watchDispatchers(declared)
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
  if (type === 'executeTool') return tool(event, isTraced)
  return AGENTS.has(type) ? agent(type, event, isTraced) : undefined
}

function agent(type: string, event: Message['event'], isTraced: boolean): Followed {
  const { functionId: name, modelId, callId } = event
  const run = newAgentRun(name)
  const running = beginOperation(() => ({
    ...agentOperation('invoke_agent', { name, model: modelId }, run),
    isTraced,
  }))
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

function tool({ toolCall }: Message['event'], isTraced: boolean): Followed | undefined {
  if (!toolCall) return undefined
  const { toolName: name, toolCallId: callId, input } = toolCall
  const running = beginOperation(() => ({
    ...toolOperation({ name, callId, arguments: input }),
    isTraced,
  }))
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

/** Its own package for OpenTelemetry, which has a copy of the API for itself. */
function subscribeOwn({ trace }: Declared): number {
  if (trace === undefined) return 0
  decideAtFirstSpanOf({ trace: trace as TraceAPI })
  return 1
}

/** Vercel's AI SDK tells of itself on a channel, and of models that it calls without a client. */
export const ai: readonly Subscription[] = [
  {
    module: 'ai',
    majors: [7],
    files: ['dist/index'],
    targets: ['generateText'],
    functions: ['createTelemetryDispatcher'],
    subscribe,
  },
  {
    module: '@ai-sdk/otel',
    majors: [1],
    files: ['dist/index'],
    targets: ['trace'],
    subscribe: subscribeOwn,
  },
]
