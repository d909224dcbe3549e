import { start as configure } from '@llmscope/sdk'
import { expect, test } from 'vitest'
import { start } from './child.ts'
import { useServer } from './openai-client.ts'
import { startOpenAIServer } from './openai-server/server.ts'
import { startOtlpSink } from './otlp-sink.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

/** Forgets things in a function that has returned, then collects again and again. */
const PROGRAM = `
  import { agent } from '@llmscope/sdk'
  import OpenAI from 'openai'
  const client = new OpenAI({ apiKey: 'key', baseURL: process.env.OPENAI_BASE_URL })
  const chat = (model, more) => client.chat.completions.create({ model, messages: [], ...more })
  const stream = (model) => chat(model, { stream: true })
  const steps = async function* () { yield 1; yield 2 }
  await (async () => {
    await stream('ordinary:never read')
    await (await stream('ordinary:left in the middle'))[Symbol.asyncIterator]().next()
    chat('ordinary:never awaited')
    stream('ordinary:stream never awaited')
    await agent('left', steps).next()
    agent('never begun', steps)
    await agent('whose stream is never read', () => stream('ordinary:of an agent'))
  })()
  setInterval(() => globalThis.gc(), 50)
`

test(
  'what the application forgets ends as abandoned when it is collected',
  { timeout: 30_000 },
  async () => {
    const [server, sink] = await Promise.all([startOpenAIServer(), startOtlpSink()])
    // it runs until it is killed, which ends no span: what comes was collected
    const flags = ['--expose-gc', '--import', '@llmscope/sdk/register', '--input-type=module']
    const running = start([...flags, '--eval', PROGRAM], {
      OPENAI_BASE_URL: server.baseURL,
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '20',
    })
    await expect.poll(() => sink.spans.length, { timeout: 10_000 }).toBe(8)
    expect(
      sink.spans
        .map(({ name, attributes }) => `${name}: ${String(attributes['llmscope.stream.outcome'])}`)
        .toSorted(),
    ).toEqual([
      'chat ordinary:left in the middle: abandoned',
      'chat ordinary:never awaited: abandoned',
      'chat ordinary:never read: abandoned',
      'chat ordinary:of an agent: abandoned',
      'chat ordinary:stream never awaited: abandoned',
      'invoke_agent left: abandoned',
      'invoke_agent never begun: abandoned',
      'invoke_agent whose stream is never read: abandoned',
    ])
    running.kill('SIGKILL')
    await Promise.all([running.ended, server.close(), sink.close()])
  },
)

test('a stream that the application holds and does not read is given up after a while', async () => {
  configure({ streamTimeout: 50 })
  const stream = await at.client.chat.completions.create({
    model: 'ordinary',
    messages: [],
    stream: true,
  })
  await expect.poll(() => telemetry().spans.length).toBe(1)
  expect(telemetry().span().attributes['llmscope.stream.outcome']).toBe('abandoned')
  let chunks = 0
  for await (const chunk of stream) chunks += chunk.choices.length
  expect(chunks).toBeGreaterThan(0)
  expect(telemetry().spans).toHaveLength(1)
})

test('a stream that shows life is not given up', async () => {
  configure({ streamTimeout: 200 })
  const stream = await at.client.chat.completions.create({
    model: 'paced',
    messages: [],
    stream: true,
  })
  let chunks = 0
  for await (const chunk of stream) chunks += chunk.choices.length
  expect(telemetry().span().attributes).not.toHaveProperty(['llmscope.stream.outcome'])
  expect(chunks).toBeGreaterThan(40)
})
