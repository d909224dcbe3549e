import {
  type Attributes,
  context,
  type Context,
  INVALID_SPAN_CONTEXT,
  type Span,
  type SpanContext,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import type { NativeTracing } from '../calls/adapter.ts'
import { agentOperation, toolOperation } from '../operations/agent-operations.ts'
import { agentRun, type AgentRun, bindAgentRun, newAgentRun } from '../operations/agent-run.ts'
import { guard } from '../guard.ts'
import { tracerFor } from './provider.ts'
import { NativeSpan } from './span.ts'
import { onSpans } from '../content.ts'
import { endWhenCollected } from '../calls/open-calls.ts'
import { override } from '../calls/replace.ts'
import { conversationOf, operationOf, readAgent, readTool, withoutSecrets } from './attributes.ts'
import { settings } from '../options.ts'
import { activeCall } from '../calls/active-call.ts'
import { beginOperation, type Operation } from '../operations/run-operation.ts'
import { bindRunningTool } from '../operations/running-tool.ts'
import { isObserved } from '../started.ts'

type ActiveSpan = Parameters<Tracer['startActiveSpan']>

const ours = new WeakSet<object>()

/**
 * The tracer in the hands of a client that traces itself. Of the calls that the SDK tells of it makes
 * no span; agents and tools that the client runs become operations of ours; all else is the client's
 * own affair, and goes to its own tracer.
 */
export function nativeTracer(native: NativeTracing, client: object, own: Tracer): Tracer {
  const tracer: Tracer = {
    startSpan: (name, options = {}, parent) => {
      const span = guard('native span', () => {
        if (!isObserved()) return undefined
        if (native.calls.has(name)) return settings().propagateToProviders ? CALL : NONE
        const around = parent ?? context.active()
        return runnerSpan(tracerFor(native, client), options.attributes ?? {}, around)
      })
      if (span) return span
      const clients = own.startSpan(name, options, parent)
      return guard('native span', () => clientSpan(clients)) ?? clients
    },
    startActiveSpan: ((...args: ActiveSpan) =>
      own.startActiveSpan(...args)) as Tracer['startActiveSpan'],
  }
  ours.add(tracer)
  return tracer
}

export function isNativeTracer(tracer: object): boolean {
  return ours.has(tracer)
}

/** With a span that neither records nor has an id, a client goes on as if its tracing were off. */
const NONE = trace.wrapSpanContext(INVALID_SPAN_CONTEXT)

/** Records nothing, and has the id of the call that is running: what a client needs to pass it on. */
const CALL: Span = Object.assign(trace.wrapSpanContext(INVALID_SPAN_CONTEXT), {
  spanContext: (): SpanContext =>
    guard('native span', () => activeCall()?.span.spanContext()) ?? INVALID_SPAN_CONTEXT,
})

/** A span of the client's own. Where content is told, the client tells it of URLs too. */
function clientSpan(span: Span): Span {
  if (!onSpans() || !span.isRecording()) return span
  const setAttributes = span.setAttributes.bind(span)
  override(span, 'setAttributes', (attributes) =>
    setAttributes(guard('native span', () => withoutSecrets(attributes as Attributes)) ?? {}),
  )
  return span
}

function runnerSpan(tracer: Tracer, attributes: Attributes, parent: Context): Span | undefined {
  const operation = operationOf(attributes)
  if (operation === 'invoke_agent') {
    const agent = readAgent(attributes)
    const run = newAgentRun(agent.name)
    return begin({ ...agentOperation(operation, agent, run), tracer }, attributes, parent, run)
  }
  if (operation !== 'execute_tool') return undefined
  const caller = agentRun(parent)
  return begin(
    { ...toolOperation(readTool(attributes), caller), tracer },
    attributes,
    parent,
    caller,
  )
}

function begin(
  operation: Operation,
  attributes: Attributes,
  parent: Context,
  run: AgentRun | undefined,
): Span | undefined {
  const all = { ...conversationOf(attributes), ...operation.attributes }
  const running = context.with(parent, () =>
    beginOperation(() => ({ ...operation, attributes: all })),
  )
  if (!running) return undefined
  const span = new NativeSpan(running)
  // a loop that is left where it stands is not closed: all that held its span is gone
  endWhenCollected(span, running)
  bindAgentRun(span, run)
  bindRunningTool(span, running.span)
  return span
}
