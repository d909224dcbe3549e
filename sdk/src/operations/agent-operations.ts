import { context, type Span, SpanKind } from '@opentelemetry/api'
import { type AgentRun, agentRun, withAgentRun } from './agent-run.ts'
import { contentText, onSpans, type Place } from '../content.ts'
import { measure } from '../measure.ts'
import * as metrics from '../metrics.ts'
import { factsIn } from '../context/call-context.ts'
import { guard } from '../guard.ts'
import { noteToolCall } from './agent-usage.ts'
import {
  agentAttributes,
  agentName,
  loops,
  places,
  toolAttributes,
} from './operation-attributes.ts'
import type { AgentOptions, ToolOptions } from './operations.ts'
import { settings } from '../options.ts'
import type { Operation } from './run-operation.ts'
import { beginTool, type RunningTool, withRunningTool } from './running-tool.ts'

/** An agent of the application's has a name; one that a client runs need not have any. */
export type Agent = Omit<AgentOptions, 'name'> & { readonly name?: string | undefined }

/** Value of `gen_ai.operation.name`. */
export type AgentOperation = 'invoke_agent' | 'invoke_workflow'

/** A run of an agent or of a workflow; `run` counts what happens in it. */
export function agentOperation(
  operation: AgentOperation,
  options: Agent,
  run: AgentRun,
): Operation {
  return {
    name: options.name === undefined ? operation : `${operation} ${options.name}`,
    kind: SpanKind.INTERNAL,
    attributes: agentAttributes(operation, options),
    metric: metrics.agentDuration,
    dimensions: agentOf(run),
    hasParts: true,
    // a workflow's steps belong to the agents in it
    enter: (parent) => (operation === 'invoke_agent' ? withAgentRun(parent, run) : parent),
    end: (span, _result, facts) => {
      if (operation !== 'invoke_agent') return
      if (run.loops > 0) span.setAttribute(loops, run.loops)
      const attributes = { ...agentOf(run), ...facts }
      measure(metrics.agentInferenceCalls, run.inferenceCalls, attributes)
      measure(metrics.agentToolCalls, run.toolCalls, attributes)
    },
  }
}

/** A call of a tool, counted by the agent that makes it. */
export function toolOperation(
  call: ToolOptions,
  caller: AgentRun | undefined = agentRun(),
): Operation {
  if (caller) countToolCall(caller, call)
  const running: RunningTool = { name: call.name, isForwarded: false }
  return {
    name: `execute_tool ${call.name}`,
    kind: SpanKind.INTERNAL,
    attributes: toolAttributes(call),
    metric: metrics.toolDuration,
    dimensions: agentOf(caller),
    enter: (parent) => withRunningTool(parent, running),
    begin: (span) => {
      beginTool(running, span)
      capture(span, places.toolArguments, () => parsed(call.arguments))
    },
    end: (span, result) => capture(span, places.toolResult, () => result),
  }
}

function countToolCall(caller: AgentRun, { name, arguments: given }: ToolOptions): void {
  caller.toolCalls += 1
  if (given === undefined) return
  const dimensions = factsIn(context.active())?.dimensions
  guard('agent loops', () => noteToolCall(caller, name, given, dimensions))
}

const agentOf = (run: AgentRun | undefined): Record<string, string> =>
  run?.name === undefined ? {} : { [agentName]: run.name }

/** Puts content on a span, where that is asked for. */
export function capture(span: Span, place: Place, read: () => unknown): void {
  const content = onSpans() && span.isRecording() ? read() : undefined
  if (content === undefined) return
  const { contentLimit, spanContentLimit } = settings()
  // no operation has more than two pieces of content
  const limit = Math.min(contentLimit, Math.floor(spanContentLimit / 2))
  span.setAttribute(place.attribute, contentText(content, place, limit))
}

/** A model writes arguments as JSON text, and that is what applications pass on. */
export function parsed(content: unknown): unknown {
  if (typeof content !== 'string') return content
  try {
    return JSON.parse(content)
  } catch {
    return content
  }
}
