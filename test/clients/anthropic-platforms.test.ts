import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { frame } from '../sdk/anthropic-server/event-stream.ts'
import { type OtlpSink, startOtlpSink } from '../sdk/otlp-sink.ts'
import { runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-opus-5',
  content: [{ type: 'text', text: 'whole' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 9, cache_read_input_tokens: 1, output_tokens: 5 },
}

const events = [
  { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'streamed' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
  { type: 'message_stop' },
]

/** Answers as the platforms do: Bedrock's streams are binary, those of the others are the API's own. */
function answer(url: string, isStreamed: boolean, response: ServerResponse): void {
  if (url.endsWith('/invoke-with-response-stream')) {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
    for (const event of events) response.write(frame(event))
    response.end()
  } else if (isStreamed) {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const event of events) {
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    }
    response.end()
  } else {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message))
  }
}

const server = createServer((request, response) => {
  void json(request).then((body) =>
    answer(request.url ?? '', (body as { stream?: boolean }).stream === true, response),
  )
})
/** Providers, with their addresses: the Claude Platform on AWS is Anthropic's own. */
const PLATFORMS = [
  ['aws.bedrock', 'bedrock-runtime.us-east-1.amazonaws.com'],
  ['aws.bedrock', 'bedrock-mantle.us-east-1.api.aws'],
  ['anthropic', 'aws-external-anthropic.us-east-1.api.aws'],
  ['gcp.vertex_ai', 'us-east5-aiplatform.googleapis.com'],
  ['azure.ai.inference', 'res.services.ai.azure.com'],
]

let workspace: Workspace
let sink: OtlpSink
beforeAll(async () => {
  workspace = await openWorkspace('anthropic-1-platforms', 'anthropic-platforms')
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await workspace.remove()
})
beforeEach(async () => {
  sink = await startOtlpSink()
})
afterEach(() => sink.close())

test.each(['main.mjs', 'main.cjs'])(
  'the clients for other platforms are traced as the one that they are made of: %s',
  async (entry) => {
    const { port } = server.address() as AddressInfo
    const run = await runNode(
      workspace.folder,
      ['--import', '@llmscope/sdk/register', entry, `http://127.0.0.1:${port}`],
      exportTo(sink.url),
    )
    expect(run).toEqual({
      code: 0,
      signal: null,
      stdout: 'whole streamed\n'.repeat(PLATFORMS.length),
      stderr: '',
    })
    const told = sink.spans.map(({ name, scope, attributes }) => [
      scope,
      name,
      attributes['gen_ai.provider.name'],
      attributes['server.address'],
      attributes['gen_ai.request.stream'],
      attributes['gen_ai.usage.input_tokens'],
      attributes['gen_ai.usage.output_tokens'],
    ])
    const call = ['@llmscope/sdk', 'chat claude-opus-5']
    expect(told).toEqual(
      PLATFORMS.flatMap((platform) => [
        [...call, ...platform, undefined, 10, 5],
        [...call, ...platform, true, 10, 5],
      ]),
    )
  },
)
