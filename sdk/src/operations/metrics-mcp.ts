import type { AttributeName } from '../catalogue/attributes.ts'
import type { Metric } from '../metrics.ts'

/** Metrics of the Model Context Protocol, in the GenAI semantic conventions v0.1.0. */

const SECONDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300]

const CONNECTION: readonly AttributeName[] = [
  'mcp.protocol.version',
  'network.transport',
  'network.protocol.name',
]
const SERVER: readonly AttributeName[] = ['server.address', 'server.port']
const OPERATION: readonly AttributeName[] = [
  'mcp.method.name',
  'gen_ai.operation.name',
  'gen_ai.tool.name',
  'gen_ai.prompt.name',
  'rpc.response.status_code',
  ...CONNECTION,
  'llmscope.variant',
  'llmscope.tag.<key>',
  'error.type',
  'llmscope.error.category',
]

const duration = (
  name: string,
  description: string,
  attributes: readonly AttributeName[],
): Metric => ({
  name: `mcp.${name}.duration`,
  instrument: 'histogram',
  unit: 's',
  description,
  attributes,
  boundaries: SECONDS,
})

export const mcpClientDuration: Metric = duration(
  'client.operation',
  'Duration of an MCP request, as its sender sees it.',
  [...OPERATION, ...SERVER],
)

export const mcpServerDuration: Metric = duration(
  'server.operation',
  'Duration of an MCP request, as its receiver sees it.',
  OPERATION,
)

export const mcpClientSession: Metric = duration(
  'client.session',
  'How long an MCP client was connected.',
  [...CONNECTION, ...SERVER],
)

export const mcpServerSession: Metric = duration(
  'server.session',
  'How long an MCP server was connected to a client.',
  CONNECTION,
)
