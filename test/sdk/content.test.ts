import { agent, type CaptureContent, retrieval, start, tool } from '@llmscope/sdk'
import type OpenAI from 'openai'
import { expect, test } from 'vitest'
import { answering, json, read, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const DETAILS = 'gen_ai.client.inference.operation.details'
const ATTRIBUTES = [
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
]
const functionTool = { type: 'function' as const, name: 'weather', parameters: {}, strict: false }

function capture(captureContent: CaptureContent, contentLimit = 65_536): void {
  start({ captureContent, contentLimit })
}

const parsed = (name: string): unknown => JSON.parse(String(telemetry().span().attributes[name]))

async function respond(): Promise<void> {
  await at.client.responses.create({
    model: 'ordinary',
    instructions: 'Be brief',
    input: 'Hello',
    tools: [functionTool],
  })
}

test.each<[CaptureContent, { span: boolean; event: boolean }]>([
  ['no_content', { span: false, event: false }],
  ['span_only', { span: true, event: false }],
  ['event_only', { span: false, event: true }],
  ['span_and_event', { span: true, event: true }],
])('with %s content is where it says and nowhere else', async (mode, expected) => {
  capture(mode)
  await respond()
  const { attributes } = telemetry().span()
  expect(ATTRIBUTES.filter((name) => name in attributes)).toEqual(expected.span ? ATTRIBUTES : [])
  expect(telemetry().events).toHaveLength(expected.event ? 1 : 0)
})

test('on spans content is JSON text, on events it is data', async () => {
  capture('span_and_event')
  await respond()
  const content = {
    'gen_ai.system_instructions': [{ type: 'text', content: 'Be brief' }],
    'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
    'gen_ai.output.messages': [
      {
        role: 'assistant',
        parts: [{ type: 'text', content: 'CANARY-ANSWER of three pieces' }],
      },
    ],
    'gen_ai.tool.definitions': [{ type: 'function', name: 'weather' }],
  }
  for (const [name, value] of Object.entries(content)) expect(parsed(name)).toEqual(value)
  expect(telemetry().events[0]?.attributes).toMatchObject(content)
})

test('the details event is a debug record in the context of its span, with the same attributes', async () => {
  capture('event_only')
  await respond()
  const span = telemetry().span()
  const [event] = telemetry().events
  expect(event).toMatchObject({ eventName: DETAILS, severityNumber: 5, body: undefined })
  expect(event?.spanContext?.spanId).toBe(span.spanContext().spanId)
  expect(event?.attributes).toMatchObject(span.attributes)
})

test('a failed call has its details too', async () => {
  capture('event_only')
  await at.client.chat.completions
    .create({ model: 'bad-request', messages: [{ role: 'user', content: 'Hi' }] })
    .catch(() => undefined)
  expect(telemetry().events[0]?.attributes).toMatchObject({
    'error.type': 'BadRequestError',
    'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }],
  })
})

test('embeddings have no content and no details', async () => {
  capture('span_and_event')
  await at.client.embeddings.create({ model: 'e', input: 'Hello' })
  expect(JSON.stringify(telemetry().span().attributes)).not.toContain('Hello')
  expect(telemetry().events).toEqual([])
})

const conversation: OpenAI.ChatCompletionMessageParam[] = [
  { role: 'system', content: 'CANARY' },
  {
    role: 'user',
    content: [{ type: 'image_url', image_url: { url: 'https://example.com/CANARY.png' } }],
  },
  {
    role: 'assistant',
    tool_calls: [
      { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at":"CANARY"}' } },
    ],
  },
  { role: 'tool', tool_call_id: 'call_1', content: 'CANARY' },
]

test('what was sent is told as it was sent, whatever becomes of the list', async () => {
  capture('span_only')
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hello' }]
  const stream = await at.client.chat.completions.create({
    model: 'ordinary',
    messages,
    stream: true,
  })
  messages.push({ role: 'assistant', content: 'to be filled in' })
  await read(stream)
  expect(parsed('gen_ai.input.messages')).toHaveLength(1)
})

const long: [string, OpenAI.ChatCompletionMessageParam[]][] = [
  ['one long text', [{ role: 'user', content: 'x'.repeat(50_000) }]],
  ['one long text of wide characters', [{ role: 'user', content: '日本🎉'.repeat(20_000) }]],
  [
    'a thousand messages',
    Array.from({ length: 1000 }, (_, index) => ({ role: 'user', content: `message ${index}` })),
  ],
]

test.each(long)('%s is cut to the limit in bytes and stays JSON', async (_, messages) => {
  capture('span_and_event', 4096)
  await at.client.chat.completions.create({ model: 'ordinary', messages })
  const text = String(telemetry().span().attributes['gen_ai.input.messages'])
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096)
  expect(Buffer.byteLength(text)).toBeGreaterThan(1500)
  expect(telemetry().events[0]?.attributes['gen_ai.input.messages']).toEqual(JSON.parse(text))
  expect(text.isWellFormed()).toBe(true)
})

test('of too many messages the newest are kept', async () => {
  capture('span_only', 512)
  const messages = long[2]?.[1] ?? []
  await at.client.chat.completions.create({ model: 'ordinary', messages })
  expect(telemetry().span().attributes['gen_ai.input.messages']).toContain('message 999')
})

test('arguments and results of tools may be anything', () => {
  capture('span_only', 1024)
  const cyclic: Record<string, unknown> = { id: 10n, at: new Date(0) }
  cyclic['self'] = cyclic
  tool({ name: 'odd', arguments: cyclic }, () => 'x'.repeat(9999))
  expect(parsed('gen_ai.tool.call.arguments')).toEqual({
    id: '10',
    at: '1970-01-01T00:00:00.000Z',
    self: '[circular]',
  })
  const result = String(telemetry().span().attributes['gen_ai.tool.call.result'])
  expect(Buffer.byteLength(result)).toBeLessThanOrEqual(1024)
  expect(JSON.parse(result)).toMatch(/^x+\[cut, whole 9999 bytes, sha256 [\da-f]{64}\]x+$/)
})

test('an argument that cannot be read at all costs itself only', () => {
  capture('span_only')
  const hostile = {
    toJSON(): never {
      throw new Error('no')
    },
  }
  expect(tool({ name: 'odd', arguments: hostile }, () => 1)).toBe(1)
  expect(telemetry().span().attributes).toMatchObject({
    'gen_ai.tool.call.arguments': '"[unreadable]"',
    'gen_ai.tool.call.result': '1',
  })
})

test('with content off no word of it leaves, in whatever place it was', async () => {
  capture('no_content')
  const secret = 'CANARY'
  const refuse = answering(() =>
    json({ error: { message: secret, type: secret, code: secret } }, 400),
  )
  const attempts: (() => unknown)[] = [
    () =>
      at.client.chat.completions.create({
        model: 'ordinary',
        messages: conversation,
        user: secret,
        metadata: { [secret]: secret },
        tools: [{ type: 'function', function: { name: secret, description: secret } }],
      }),
    () => at.client.responses.create({ model: 'ordinary', input: secret, instructions: secret }),
    () => at.client.completions.create({ model: 'ordinary', prompt: secret, suffix: secret }),
    () => at.client.embeddings.create({ model: 'ordinary', input: secret, user: secret }),
    () => refuse.chat.completions.create({ model: 'ordinary', messages: [] }),
    () =>
      tool({ name: 'look', arguments: { at: secret } }, () => {
        throw new Error(secret)
      }),
    () => retrieval({ dataSource: 'handbook', query: secret }, () => [{ id: secret, score: 1 }]),
    () => agent('planner', () => Promise.reject(new Error(secret))),
    () =>
      agent('planner', () => {
        // oxlint-disable-next-line no-throw-literal -- applications do throw such things
        throw { code: `${secret} in a sentence`, message: secret }
      }),
  ]
  for (const attempt of attempts) {
    try {
      await attempt()
    } catch {
      // its words must not be in what is exported
    }
  }
  const { spans, events } = telemetry()
  expect(spans).toHaveLength(attempts.length)
  const exported = spans.map(({ name, attributes, events: logged, links, status }) => ({
    name,
    attributes,
    logged,
    links,
    status,
  }))
  const points = [...(await telemetry().metrics())]
  expect(JSON.stringify([exported, events, points])).not.toContain(secret)
})

test('with content on spans a failure is told in the words of its error, bounded', async () => {
  capture('span_only')
  const client = answering(() => json({ error: { message: 'é'.repeat(9999) } }, 400))
  await client.chat.completions.create({ model: 'm', messages: [] }).catch(() => undefined)
  const { message = '' } = telemetry().span().status
  expect(message).toMatch(/^400 é+\[cut, whole \d+ bytes, sha256 [\da-f]{64}\]é+$/)
  expect(Buffer.byteLength(message)).toBeLessThanOrEqual(4096)
})
