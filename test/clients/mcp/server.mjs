/** An MCP server with a tool, a prompt and a resource: over stdio, or over HTTP where it is told so. */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { z } from 'zod'
import { packagesOf } from './packages.mjs'

const { McpServer, StdioServerTransport, StreamableHTTPServerTransport } =
  await packagesOf('server')

function serve() {
  const server = new McpServer({ name: 'weather', version: '1' })
  server.registerTool(
    'weather',
    { inputSchema: z.object({ city: z.string() }) },
    async ({ city }) => {
      if (city === 'nowhere') throw new Error('no such city as nowhere')
      return { content: [{ type: 'text', text: `Rain in ${city}` }] }
    },
  )
  server.registerPrompt('greet', {}, () => ({
    messages: [{ role: 'user', content: { type: 'text', text: 'Hello' } }],
  }))
  server.registerResource('map', 'map://bergen', {}, () => ({
    contents: [{ uri: 'map://bergen', text: 'a map' }],
  }))
  return server
}

async function overHttp() {
  const transports = new Map()
  const listener = createServer(async (request, response) => {
    let transport = transports.get(request.headers['mcp-session-id'])
    if (!transport) {
      transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => void transports.set(id, transport),
      })
      await serve().connect(transport)
    }
    await transport.handleRequest(request, response)
  })
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve))
  process.send(`http://127.0.0.1:${listener.address().port}/mcp`)
  process.once('disconnect', async () => {
    await Promise.all([...transports.values()].map((transport) => transport.close()))
    process.exit()
  })
}

async function overStdio() {
  const server = serve()
  await server.connect(new StdioServerTransport())
  process.stdin.once('end', () => server.close())
}

await (process.argv[2] === 'http' ? overHttp() : overStdio())
