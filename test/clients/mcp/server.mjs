/** An MCP server with a tool, a prompt and a resource: over stdio, or over HTTP where it is told so. */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { packagesOf } from './packages.mjs'

const {
  McpServer,
  StdioServerTransport,
  StreamableHTTPServerTransport,
  WebStandardStreamableHTTPServerTransport: WebTransport,
} = await packagesOf('server')

/** What 1.x and 2.x have in two places. */
const requestOf = ({ mcpReq, ...extra }) => ({
  relatedRequestId: mcpReq?.id ?? extra.requestId,
  signal: mcpReq?.signal ?? extra.signal,
  token: (mcpReq ?? extra)['_meta'].progressToken,
  notify: mcpReq?.notify ?? extra.sendNotification,
})

const QUESTION = { messages: [{ role: 'user', content: { type: 'text', text: 'Where?' } }] }
const FORM = { message: 'Sure?', requestedSchema: { type: 'object', properties: {} } }

/** Asks the client, and the client's model and user, while it is called. */
const asking = (server) => async (_input, extra) => {
  const { relatedRequestId, token: progressToken, notify } = requestOf(extra)
  await notify({ method: 'notifications/progress', params: { progressToken, progress: 1 } })
  const { content } = await server.createMessage(
    { ...QUESTION, maxTokens: 9 },
    { relatedRequestId },
  )
  const { action } = await server.elicitInput(FORM, { relatedRequestId })
  await server.sendToolListChanged()
  return { content: [{ type: 'text', text: `${content.text} ${action}` }] }
}

/** Works until it is cancelled. */
async function work(_input, extra) {
  const { signal, token: progressToken, notify } = requestOf(extra)
  await notify({ method: 'notifications/progress', params: { progressToken, progress: 1 } })
  await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
}

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
  server.registerTool('ask', { inputSchema: z.object({}) }, asking(server.server))
  server.registerTool('work', { inputSchema: z.object({}) }, work)
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
      transport = new (StreamableHTTPServerTransport ?? WebTransport)({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => void transports.set(id, transport),
      })
      await serve().connect(transport)
    }
    if (WebTransport) await answer(transport, request, response)
    else await transport.handleRequest(request, response)
  })
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve))
  process.send(`http://127.0.0.1:${listener.address().port}/mcp`)
  process.once('disconnect', async () => {
    await Promise.all([...transports.values()].map((transport) => transport.close()))
    process.exit()
  })
}

/** Of 2.x the transport speaks in the web's own requests and responses. */
async function answer(transport, request, response) {
  const { method, headers, url } = request
  const body = method === 'POST' ? Readable.toWeb(request) : undefined
  const asked = new Request(`http://localhost${url}`, { method, headers, body, duplex: 'half' })
  const answered = await transport.handleRequest(asked)
  response.writeHead(answered.status, Object.fromEntries(answered.headers))
  if (answered.body) Readable.fromWeb(answered.body).pipe(response)
  else response.end()
}

async function overStdio() {
  const server = serve()
  await server.connect(new StdioServerTransport())
  process.stdin.once('end', () => server.close())
}

await (process.argv[2] === 'http' ? overHttp() : overStdio())
