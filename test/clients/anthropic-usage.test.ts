import { describe, expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import {
  type Anthropic,
  INSTALLS,
  type Message,
  request,
  type StreamEvent,
  useAnthropic,
  type WireUsage,
} from './anthropic-client.ts'

const weather = { name: 'weather', input_schema: { type: 'object', properties: {} } }

/** Every way in which usage is on the wire. */
const requests: readonly (readonly [string, string, object])[] = [
  ['text', 'ordinary', {}],
  ['thinking', 'ordinary', { thinking: { type: 'enabled', budget_tokens: 1024 } }],
  ['a tool call', 'tools', { tools: [weather] }],
  ['a refusal', 'refusal', {}],
  ['an answer that was cut', 'truncated', {}],
]

/** What only one of two calls can say. */
const PECULIAR = new Set(['gen_ai.request.stream', 'gen_ai.response.time_to_first_chunk'])

/** The whole input, of which the API counts what its cache holds apart. */
const inputOf = (usage: WireUsage): number =>
  usage.input_tokens + usage.cache_read_input_tokens + usage.cache_creation_input_tokens

const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [],
  stop_reason: 'end_turn',
  usage: { input_tokens: 1, output_tokens: 1 },
}

type Answer = Omit<typeof MESSAGE, 'content'> & { readonly content: readonly object[] }

/** Asks for a message, whole and streamed. Whole, it names `model` where another has gone on. */
async function askBoth(
  create: (options: object) => Anthropic,
  message: Answer,
  model: string = message.model,
): Promise<void> {
  const { content, usage, stop_reason } = message
  const events = [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    ...content.flatMap((content_block, index) => [
      { type: 'content_block_start', index, content_block },
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason }, usage },
    { type: 'message_stop' },
  ]
  const stream = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  const headers = { 'content-type': 'text/event-stream' }
  const fetch = async (_: string, { body }: { readonly body: string }): Promise<Response> =>
    body.includes('"stream":true')
      ? new Response(stream.join(''), { headers })
      : Response.json({ ...message, model })
  const { messages } = create({ fetch })
  await messages.create(request('m'))
  await Array.fromAsync(await messages.create(request('m', { stream: true })))
}

describe.each(INSTALLS)('%s', (version) => {
  const telemetry = useTelemetry({ captureContent: 'span_only' })
  const at = useAnthropic(version)

  const ask = (model: string, more: object): Promise<Message> =>
    at.client.messages.create(request(model, more))
  const stream = (model: string, more: object): Promise<AsyncIterable<StreamEvent>> =>
    at.client.messages.create(request(model, { ...more, stream: true }))
  const told = (name: string): unknown =>
    telemetry().spans.at(-1)?.attributes[`gen_ai.usage.${name}_tokens`]

  test.each(requests)('the input is all of it, cached or not: %s', async (_, model, more) => {
    const { usage } = await ask(model, more)
    expect(told('input')).toBe(inputOf(usage))
    expect(told('cache_read.input')).toBe(usage.cache_read_input_tokens)
    expect(told('cache_write.input')).toBe(usage.cache_creation_input_tokens)
    expect(told('output')).toBe(usage.output_tokens)
    expect(told('reasoning.output')).toBeLessThanOrEqual(usage.output_tokens)
  })

  test.each(requests)('a stream says what the whole answer says: %s', async (_, model, more) => {
    await ask(model, more)
    await Array.fromAsync(await stream(model, more))
    const [whole, streamed] = telemetry().spans.map(({ attributes }) =>
      Object.fromEntries(Object.entries(attributes).filter(([name]) => !PECULIAR.has(name))),
    )
    expect(whole).toMatchObject({ 'gen_ai.operation.name': 'chat' })
    expect(streamed).toEqual(whole)
  })

  test.each(requests)(
    'a cancelled stream counts what had been told: %s',
    async (_, model, more) => {
      const events = await Array.fromAsync(await stream(model, more))
      for (let read = 1; read <= events.length; read += 1) {
        let seen = 0
        let last: WireUsage | undefined
        for await (const event of await stream(model, more)) {
          last = event.usage ?? last
          seen += 1
          if (seen === read) break
        }
        expect(told('input')).toBe(inputOf(events[0]?.message?.usage as WireUsage))
        expect(told('output')).toBe(last?.output_tokens)
      }
    },
  )

  test('what a compaction used is part of what the call used', async () => {
    const cache = { cache_read_input_tokens: 4, cache_creation_input_tokens: 0 }
    const message = { type: 'message', input_tokens: 10, output_tokens: 5, ...cache }
    const compaction = { type: 'compaction', input_tokens: 100, output_tokens: 50, ...cache }
    const usage = { ...message, iterations: [compaction, message] }
    await askBoth(at.create, { ...MESSAGE, usage })
    expect(telemetry().spans).toHaveLength(2)
    for (const { attributes } of telemetry().spans) {
      expect(attributes).toMatchObject({
        'gen_ai.usage.input_tokens': 118,
        'gen_ai.usage.cache_read.input_tokens': 8,
        'gen_ai.usage.output_tokens': 55,
      })
    }
  })

  test('the model that goes on for one that declined is the one that answers', async () => {
    const block = { type: 'fallback', from: { model: 'm' }, to: { model: 'other' } }
    await askBoth(at.create, { ...MESSAGE, content: [block] }, 'other')
    expect(telemetry().spans.map(({ attributes }) => attributes['gen_ai.response.model'])).toEqual([
      'other',
      'other',
    ])
  })

  test('what is written to the cache for an hour has a price of its own', async () => {
    await ask('claude-sonnet-4-5', {})
    const { attributes } = telemetry().span()
    const usage = (name: string): number => Number(attributes[`gen_ai.usage.${name}_tokens`])
    // of six tokens that are written, two are for an hour
    const fresh = usage('input') - 4 - 6
    const dollars = (3 * fresh + 0.3 * 4 + 3.75 * 4 + 6 * 2 + 15 * usage('output')) / 1e6
    expect(attributes['llmscope.cost.amount']).toBeCloseTo(dollars, 12)
  })
})
