import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startOpenAIServer } from '../sdk/openai-server/server.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { type OtlpSink, type SinkSpan, startOtlpSink } from '../sdk/otlp-sink.ts'
import { runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const OPTIONS = ['--import', '@llmscope/sdk/register', '--import', './instrumentations.cjs']

/** What one's own service was sent. */
interface Sent {
  readonly traceparent?: string
  readonly baggage?: string
}

let server: ScriptedServer
let sink: OtlpSink
beforeEach(async () => {
  ;[server, sink] = await Promise.all([startOpenAIServer(), startOtlpSink()])
})
afterEach(() => Promise.all([server.close(), sink.close()]))

// version 4 of the client sends by node:http, version 7 by fetch
describe.each(['openai-4-http', 'openai-7-http'])('%s under HTTP instrumentations', (client) => {
  let workspace: Workspace
  beforeAll(async () => {
    workspace = await openWorkspace(client, 'http')
  })
  afterAll(() => workspace.remove())

  async function run(env: Readonly<Record<string, string>> = {}): Promise<Sent> {
    const ended = await runNode(workspace.folder, [...OPTIONS, 'main.cjs', server.baseURL], {
      ...exportTo(sink.url),
      ...env,
    })
    if (ended.code !== 0 || ended.stderr) throw new Error(ended.stderr)
    return JSON.parse(ended.stdout) as Sent
  }

  test('neither trace context nor baggage goes to the provider; both go to one’s own service', async () => {
    const sent = await run()
    expect(server.exchanges.map(({ path, model }) => `${path} ${model}`)).toEqual(REQUESTS)
    for (const { headers } of server.exchanges) {
      expect(Object.keys(headers)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(traceparent|tracestate|baggage)$/)]),
      )
    }
    expect(sent.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/)
    expect(sent.baggage).toBe(
      'gen_ai.conversation.id=conv%201,llmscope.variant=b,llmscope.tag.team=shop',
    )
  })

  test('the HTTP request is a span below the call all the same', async () => {
    await run()
    for (const call of ['call', 'stream', 'service']) {
      const { traceId, spanId } = span(`chat ordinary:${call}`)
      const children = sink.spans.filter(({ parentSpanId }) => parentSpanId === spanId)
      expect(children).toMatchObject([{ traceId, kind: 3, attributes: HTTP }])
    }
    expect(new Set(sink.spans.map(({ traceId }) => traceId)).size).toBe(1)
  })

  test('one’s own service takes on what was sent, and no more', async () => {
    await run()
    expect(factsOf(span('chat ordinary:call'))).toEqual([...FACTS, ['user.id', 'user-7']])
    expect(factsOf(span('chat ordinary:service'))).toEqual(FACTS)
  })

  test('a service that trusts nobody takes on nothing', async () => {
    await run({ LLMSCOPE_READ_BAGGAGE: 'false' })
    expect(factsOf(span('chat ordinary:service'))).toEqual([])
  })

  test('all go to the provider when that is asked for', async () => {
    await run({ LLMSCOPE_PROPAGATE_TO_PROVIDERS: 'true' })
    expect(server.exchanges).toHaveLength(REQUESTS.length)
    for (const { headers } of server.exchanges) {
      expect(headers).toMatchObject({
        traceparent: expect.stringContaining(span('chat ordinary:call').traceId),
        baggage: expect.stringContaining('llmscope.variant=b'),
      })
    }
  })
})

/** The first of them is no call that has a span. */
const REQUESTS = [
  '/v1/models ',
  '/v1/chat/completions ordinary:call',
  '/v1/chat/completions ordinary:stream',
  '/v1/chat/completions ordinary:service',
]

const HTTP = {
  'http.request.method': 'POST',
  'url.full': expect.stringContaining('/v1/chat/completions'),
}

const FACTS = [
  ['gen_ai.conversation.id', 'conv 1'],
  ['llmscope.tag.team', 'shop'],
  ['llmscope.variant', 'b'],
]

function span(name: string): SinkSpan {
  const found = sink.spans.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`no ${name} in: ${sink.spans.map((each) => each.name).join()}`)
  return found
}

function factsOf({ attributes }: SinkSpan): unknown[] {
  return Object.entries(attributes)
    .filter(([name]) => /^(gen_ai\.conversation|llmscope\.(variant|tag)|user)\./.test(`${name}.`))
    .toSorted(([a], [b]) => a.localeCompare(b))
}
