import type { Attributes } from '@opentelemetry/api'
import type { Agent } from '../operations/agent-operations.ts'
import { contentString, type Place } from '../content.ts'
import { agentName, places } from '../operations/operation-attributes.ts'
import type { ToolOptions } from '../operations/operations.ts'

/** Names by which clients that trace themselves tell of their agents, tools and requests. */

/** What a client that traces itself says of an operation, which it says in the conventions' words. */
export function operationOf(attributes: Attributes): string | undefined {
  return text(attributes['gen_ai.operation.name'])
}

export function readAgent(attributes: Attributes): Agent {
  return {
    name: text(attributes[agentName]),
    model: text(attributes['gen_ai.request.model']),
  }
}

export function readTool(attributes: Attributes): ToolOptions {
  return {
    name: text(attributes['gen_ai.tool.name']) ?? '',
    callId: text(attributes['gen_ai.tool.call.id']),
  }
}

/** What an operation within the process keeps of what the client says: it has no provider. */
export function conversationOf(attributes: Attributes): Attributes {
  const id = text(attributes['gen_ai.conversation.id'])
  return id === undefined ? {} : { 'gen_ai.conversation.id': id }
}

/** Where a client that traces itself says what a tool was given, and what it gave back. */
const NATIVE_CONTENT: ReadonlyMap<string, Place> = new Map([
  ['gen_ai.tool.call.arguments', places.toolArguments],
  ['gen_ai.tool.call.result', places.toolResult],
  ['anthropic.tool_result.content', places.toolResult],
])

export function nativeContent(name: string): Place | undefined {
  return NATIVE_CONTENT.get(name)
}

/** Where the client says what it asked for; the query can hold content. */
const URLS: ReadonlySet<string> = new Set(['url.full', 'url.query'])

/** The attributes of a request of a client's own, whose query can hold content. */
export function withoutSecrets(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      URLS.has(name) ? contentString(String(value), { kind: 'parameter', attribute: name }) : value,
    ]),
  )
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
