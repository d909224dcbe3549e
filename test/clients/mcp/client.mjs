/** Calls everything that the server has, over stdio or over HTTP, and tells what came back. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { agent, tool } from '@llmscope/sdk'
import { packagesOf } from './packages.mjs'

const { Client, StdioClientTransport, StreamableHTTPClientTransport, ...types } =
  await packagesOf('client')
const [kind] = process.argv.slice(2)
const server = new URL('server.mjs', import.meta.url).pathname
let child

async function transportOf() {
  if (kind === 'stdio') {
    const { execArgv, env } = process
    return new StdioClientTransport({
      command: process.execPath,
      args: [...execArgv, server],
      env: { ...env, OTEL_SERVICE_NAME: 'server' },
    })
  }
  child = fork(server, ['http'], { env: { ...process.env, OTEL_SERVICE_NAME: 'server' } })
  const [url] = await once(child, 'message')
  return new StreamableHTTPClientTransport(new URL(url))
}

const text = ({ content, isError }) => ({ isError, text: content[0].text })
const failed = (promise) =>
  promise.then(
    () => 'nothing',
    ({ code, name, message }) => ({ code, name, message }),
  )

const transport = await transportOf()
const capabilities = { sampling: {}, elicitation: { form: {} } }
const client = new Client({ name: 'traveller', version: '1' }, { capabilities })
const MAJOR_1 = (process.env.MCP_MAJOR ?? '1') === '1'
const listChanged = Promise.withResolvers()
const handle = (method, schema, handler) =>
  method.startsWith('notifications/')
    ? client.setNotificationHandler(MAJOR_1 ? types[schema] : method, handler)
    : client.setRequestHandler(MAJOR_1 ? types[schema] : method, handler)
handle('sampling/createMessage', 'CreateMessageRequestSchema', () => ({
  model: 'm',
  role: 'assistant',
  content: { type: 'text', text: 'Bergen' },
}))
handle('elicitation/create', 'ElicitRequestSchema', () => ({ action: 'decline' }))
handle('notifications/tools/list_changed', 'ToolListChangedNotificationSchema', () =>
  listChanged.resolve(),
)
const results = await agent('traveller', async (span) => {
  await client.connect(transport)
  const callTool = (call, options) =>
    MAJOR_1 ? client.callTool(call, undefined, options) : client.callTool(call, options)
  const weather = (city, options) => callTool({ name: 'weather', arguments: { city } }, options)
  const aborted = new AbortController()
  const cancelled = failed(weather('Rome', { signal: aborted.signal }))
  aborted.abort()
  const stopped = new AbortController()
  const work = callTool(
    { name: 'work', arguments: {} },
    { signal: stopped.signal, onprogress: () => stopped.abort() },
  )
  return {
    stopped: await failed(work),
    asked: text(await callTool({ name: 'ask', arguments: {} }, { onprogress: () => undefined })),
    listChanged: (await listChanged.promise) ?? 'heard',
    tools: (await client.listTools()).tools.map(({ name }) => name),
    plain: text(await weather('Bergen')),
    // a framework's own span of the tool, and one of another name around it
    traced: await tool({ name: 'weather', callId: 'call_1' }, async () =>
      text(await weather('Oslo')),
    ),
    inside: await tool('plan', async () => text(await weather('Lima'))),
    together: (await Promise.all(['A', 'B', 'C'].map((city) => weather(city)))).map(text),
    refused: text(await weather('nowhere')),
    unknown: await failed(client.getPrompt({ name: 'unknown' })),
    prompt: (await client.getPrompt({ name: 'greet' })).messages.length,
    resource: (await client.readResource({ uri: 'map://bergen' })).contents[0].text,
    missing: await failed(client.readResource({ uri: 'map://nowhere' })),
    cancelled: await cancelled,
    traceId: span.spanContext().traceId,
  }
})
await client.close()
if (child) {
  child.disconnect()
  // whoever exports last is whose metrics are seen
  await once(child, 'exit')
}
process.stdout.write(JSON.stringify(results))
