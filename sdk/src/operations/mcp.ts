import {
  type Attributes,
  context,
  type Context,
  propagation,
  type Span,
  SpanKind,
  trace,
} from '@opentelemetry/api'
import { watchPlainPromise } from '../calls/promise.ts'
import { guard } from '../guard.ts'
import { measure } from '../measure.ts'
import { isObserved } from '../started.ts'
import { within } from '../within.ts'
import { capture, toolOperation } from './agent-operations.ts'
import { connectionAttributes, mcpAttributes } from './mcp-attributes.ts'
import { Exchange, toolOf } from './mcp-exchange.ts'
import type { Carrier, McpConnection, McpReader, McpRequest } from './mcp-request.ts'
import {
  mcpClientDuration,
  mcpClientSession,
  mcpServerDuration,
  mcpServerSession,
} from './metrics-mcp.ts'
import { pick, places, toolAttributes } from './operation-attributes.ts'
import { beginOperation, type Operation } from './run-operation.ts'
import { forwards, runningTool } from './running-tool.ts'

/**
 * Runs `send`, which sends a request with the trace context that it is given, and returns what it
 * returns. A tool that is already traced here gets no second span: it is told of this one.
 */
export function sendMcp(
  request: McpRequest,
  reader: McpReader,
  send: (carrier: Carrier) => unknown,
): unknown {
  const exchange = guard('mcp request', () =>
    isObserved() ? outgoing(request, reader) : undefined,
  )
  return exchange ? follow(exchange, () => send(exchange.carrier())) : send({})
}

/** Runs `serve`, which answers a request that came with trace context, and returns what it returns. */
export function serveMcp(
  request: McpRequest,
  reader: McpReader,
  carrier: Carrier,
  serve: () => unknown,
): unknown {
  const exchange = guard('mcp request', () =>
    isObserved() ? incoming(request, reader, carrier) : undefined,
  )
  return exchange ? follow(exchange, serve) : serve()
}

/** A connection is over that lasted for `seconds`. */
export function measureMcpSession(
  side: 'client' | 'server',
  seconds: number,
  connection: McpConnection,
): void {
  guard('mcp session', () => {
    if (!isObserved()) return
    const metric = side === 'client' ? mcpClientSession : mcpServerSession
    measure(metric, seconds, pick(connectionAttributes(connection), metric.attributes))
  })
}

function follow(exchange: Exchange, work: () => unknown): unknown {
  let result: unknown
  try {
    result = within(exchange.context, work)
  } catch (error) {
    guard('mcp request', () => exchange.fail(error))
    throw error
  }
  if (!(result instanceof Promise)) {
    guard('mcp request', () => exchange.settle(result))
    return result
  }
  const promise = result
  return guard('mcp request', () => watchPlainPromise(promise, exchange)) ?? result
}

function outgoing(request: McpRequest, reader: McpReader): Exchange | undefined {
  const attributes = mcpAttributes(request, reader.connection(undefined))
  const tool = request.tool === undefined ? undefined : runningTool()
  if (tool?.span && forwards(tool, request.tool ?? '')) {
    tool.isForwarded = true
    tool.span.setAttributes(attributes)
    return new Exchange(request, reader, mcpClientDuration, attributes, tool.span)
  }
  const own = { name: nameOf(request), kind: SpanKind.CLIENT }
  const running = beginOperation(() =>
    request.tool === undefined
      ? { ...own, attributes }
      : asTool(toolOperation(toolOf(request)), own, attributes),
  )
  return running && new Exchange(request, reader, mcpClientDuration, attributes, running)
}

function incoming(request: McpRequest, reader: McpReader, carrier: Carrier): Exchange | undefined {
  const ambient = context.active()
  const parent = propagation.extract(ambient, carrier)
  const attributes = mcpAttributes(request, reader.connection(undefined))
  const running = context.with(parent, () => beginOperation(() => served(request, attributes)))
  if (running) guard('mcp link', () => linkTo(running.span, ambient, parent))
  return running && new Exchange(request, reader, mcpServerDuration, attributes, running)
}

/** A transport has a trace of its own, which is not that of a message. */
function linkTo(span: Span, ambient: Context, parent: Context): void {
  const around = trace.getSpanContext(ambient)
  if (around && around.spanId !== trace.getSpanContext(parent)?.spanId) {
    span.addLink({ context: around })
  }
}

const nameOf = ({ method, tool, prompt }: McpRequest): string =>
  [method, tool ?? prompt].filter(Boolean).join(' ')

function asTool(
  operation: Operation,
  own: Pick<Operation, 'name' | 'kind'>,
  attributes: Attributes,
): Operation {
  return { ...operation, ...own, attributes: { ...operation.attributes, ...attributes } }
}

/** The tool is counted where it is called. */
function served(request: McpRequest, attributes: Attributes): Operation {
  const own = { name: nameOf(request), kind: SpanKind.SERVER }
  if (request.tool === undefined) return { ...own, attributes }
  return {
    ...own,
    attributes: { ...toolAttributes(toolOf(request)), ...attributes },
    begin: (span) => capture(span, places.toolArguments, () => request.arguments),
    end: (span, result) => capture(span, places.toolResult, () => result),
  }
}
