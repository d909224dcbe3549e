import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { tool } from '@llmscope/sdk'
import { install } from './workspace.ts'

interface Transport {
  handleRequest(request: object, response: object): Promise<void>
  close(): Promise<void>
}

interface Client {
  connect(transport: unknown): Promise<void>
  close(): Promise<void>
  callTool(call: object): Promise<unknown>
  getPrompt(prompt: object): Promise<unknown>
  readResource(resource: object): Promise<unknown>
}

interface Server {
  connect(transport: unknown): Promise<void>
  registerTool(name: string, config: object, run: (input: object) => unknown): void
  registerPrompt(name: string, config: object, run: () => unknown): void
  registerResource(name: string, uri: string, config: object, run: () => unknown): void
}

interface Packages {
  readonly Client: new (info: object) => Client
  readonly McpServer: new (info: object) => Server
  readonly InMemoryTransport: { createLinkedPair(): [unknown, unknown] }
  readonly StdioClientTransport: new (options: object) => unknown
  readonly StreamableHTTPClientTransport: new (url: URL) => unknown
  readonly StreamableHTTPServerTransport: new (options: object) => Transport
}

const FILES = ['client/index', 'client/stdio', 'client/streamableHttp', 'inMemory']
const SERVER_FILES = ['server/mcp', 'server/streamableHttp']
const INFO = { name: 'weather', version: '1' }

/** Everything that MCP spans and metrics can say, by client and server of this process. */
export async function callMcp(): Promise<void> {
  const folder = await install('mcp-1')
  const require = createRequire(join(folder, 'index.js'))
  const packages = Object.assign(
    {},
    ...[...FILES, ...SERVER_FILES].map((file) => require(`@modelcontextprotocol/sdk/${file}.js`)),
  ) as Packages
  const [ours, theirs] = packages.InMemoryTransport.createLinkedPair()
  await weatherServer(packages).connect(theirs)
  await callAll(packages, ours)
  await overHttp(packages)
  const silent = { command: process.execPath, args: ['-e', 'process.exit()'] }
  const client = new packages.Client(INFO)
  await client.connect(new packages.StdioClientTransport(silent)).catch(() => undefined)
}

function weatherServer({ McpServer }: Packages): Server {
  const server = new McpServer(INFO)
  server.registerTool('weather', { inputSchema: {} }, () => ({
    content: [{ type: 'text', text: 'Rain' }],
  }))
  server.registerTool('broken', { inputSchema: {} }, () => {
    throw new Error('refused')
  })
  server.registerPrompt('greet', {}, () => ({ messages: [] }))
  server.registerResource('map', 'map://bergen', {}, () => ({ contents: [] }))
  return server
}

async function callAll({ Client }: Packages, transport: unknown): Promise<void> {
  const client = new Client(INFO)
  await client.connect(transport)
  const calls = [
    { name: 'weather', arguments: {} },
    { name: 'broken', arguments: {} },
    { name: 'weather', arguments: 'none that a server takes' },
  ]
  for (const call of calls) {
    await client.callTool(call).catch(() => undefined)
    await tool(call.name, () => client.callTool(call)).catch(() => undefined)
  }
  // without its name, a call is of no tool
  await client.callTool({}).catch(() => undefined)
  for (const name of ['greet', 'unknown']) {
    await client.getPrompt({ name }).catch(() => undefined)
    await client.readResource({ uri: `map://${name}` }).catch(() => undefined)
  }
  await client.readResource({ uri: 'map://bergen' })
  await client.close()
}

async function overHttp(packages: Packages): Promise<void> {
  const transport = new packages.StreamableHTTPServerTransport({ sessionIdGenerator: () => 'one' })
  await weatherServer(packages).connect(transport)
  const listener = createServer((request, response) => {
    void transport.handleRequest(request, response)
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as AddressInfo
  const url = new URL(`http://127.0.0.1:${port}`)
  await callAll(packages, new packages.StreamableHTTPClientTransport(url))
  await transport.close()
  listener.closeAllConnections()
  listener.close()
}
