import type { Attributes } from '@opentelemetry/api'
import type { Emitted } from '../catalogue/emitted.ts'
import { contentString } from '../content.ts'
import type { McpConnection, McpRequest } from './mcp-request.ts'

/** Attributes of the Model Context Protocol in the GenAI semantic conventions v0.1.0. */

const uriPlace = { kind: 'parameter', attribute: 'mcp.resource.uri' } as const

/** What is known of a request when it begins; those of a tool are its operation's. */
export function mcpAttributes(request: McpRequest, connection: McpConnection): Attributes {
  const { method, id, prompt, resource } = request
  const attributes = defined({
    'mcp.method.name': method,
    'jsonrpc.request.id': id,
    'mcp.resource.uri': resource === undefined ? undefined : contentString(resource, uriPlace),
    ...connectionAttributes(connection),
  })
  // also where there is none: the prompt that the application works with is another
  return { ...attributes, 'gen_ai.prompt.name': prompt }
}

/** What tells one connection from another. */
export function connectionAttributes(connection: McpConnection): Emitted {
  const { sessionId, protocolVersion, transport, address, port } = connection
  return {
    'mcp.session.id': sessionId,
    'mcp.protocol.version': protocolVersion,
    'network.transport': transport,
    'network.protocol.name': transport === 'tcp' ? 'http' : undefined,
    'server.address': address,
    'server.port': port,
  }
}

/** What the peer answered instead of a result. */
export const responseStatus = (code: string): Attributes =>
  defined({ 'rpc.response.status_code': code })

export function defined(attributes: Emitted): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined))
}
