import type { AttributeName } from './attributes.ts'
import { FACTS, FAILURE, type SpanKind } from './carrier.ts'

/** What a request of the Model Context Protocol carries on either side. */
const MCP: readonly AttributeName[] = [
  'jsonrpc.request.id',
  'mcp.session.id',
  'mcp.protocol.version',
  'network.transport',
  'network.protocol.name',
  'rpc.response.status_code',
]
/** The same, where it is sent. */
export const MCP_CLIENT: readonly AttributeName[] = [...MCP, 'server.address', 'server.port']
const MCP_PLAIN: readonly AttributeName[] = ['gen_ai.prompt.name', 'mcp.resource.uri']
/** A prompt that is named is that of the request. */
const MCP_FACTS: readonly AttributeName[] = FACTS.filter((name) => name !== 'gen_ai.prompt.name')
/** What a tool is given and gives back. */
export const TOOL_CONTENT: readonly AttributeName[] = [
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
]

/** Spans of the Model Context Protocol. */
export const mcpSpans: readonly SpanKind[] = [
  {
    name: '{mcp.method.name} {gen_ai.prompt.name}',
    kind: 'client',
    operations: [],
    meaning: 'A request of an MCP client to a server, or of a server to a client.',
    always: ['mcp.method.name'],
    known: [...MCP_CLIENT, ...MCP_PLAIN, 'llmscope.keep', ...FAILURE, ...MCP_FACTS],
  },
  {
    name: '{mcp.method.name} {gen_ai.prompt.name}',
    kind: 'server',
    operations: [],
    meaning: 'The same, as the side sees it that answers.',
    always: ['mcp.method.name'],
    known: [...MCP, ...MCP_PLAIN, 'llmscope.keep', ...FAILURE, ...MCP_FACTS],
  },
  {
    name: '{mcp.method.name} {gen_ai.tool.name}',
    kind: 'client',
    operations: ['execute_tool'],
    meaning:
      'A tool that an MCP client calls, unless `execute_tool` tells of it already: then that has the attributes.',
    always: ['mcp.method.name', 'gen_ai.operation.name', 'gen_ai.tool.name', 'gen_ai.tool.type'],
    known: [...MCP_CLIENT, 'llmscope.keep', ...FAILURE, ...MCP_FACTS],
    captured: TOOL_CONTENT,
  },
  {
    name: '{mcp.method.name} {gen_ai.tool.name}',
    kind: 'server',
    operations: ['execute_tool'],
    meaning: 'A tool that an MCP server runs for a client, in the trace of the client.',
    always: ['mcp.method.name', 'gen_ai.operation.name', 'gen_ai.tool.name', 'gen_ai.tool.type'],
    known: [...MCP, 'llmscope.keep', ...FAILURE, ...MCP_FACTS],
    captured: TOOL_CONTENT,
  },
]
