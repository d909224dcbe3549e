import { start, tool } from '@llmscope/sdk'
import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { answering, json } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const LIMIT = 4096
const telemetry = useTelemetry({ captureContent: 'span_only', contentLimit: LIMIT })

/** What leaves of a tool's result. */
function sent(result: unknown): unknown {
  expect(tool('look', () => result)).toBe(result)
  const text = String(telemetry().spans.at(-1)?.attributes['gen_ai.tool.call.result'])
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LIMIT)
  expect(text.isWellFormed()).toBe(true)
  return JSON.parse(text)
}

function refuse(): never {
  throw new Error('no')
}

/** CPU time of some work, in milliseconds. */
function cost(work: () => unknown): number {
  const { user, system } = process.cpuUsage()
  work()
  const after = process.cpuUsage({ user, system })
  return (after.user + after.system) / 1000
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')
const repeated = (text: string): string => text.repeat(20_000)
const list = (length: number): { role: string; parts: object[] }[] =>
  Array.from({ length }, (_, index) => ({
    role: 'user',
    parts: [{ type: 'text', content: `message ${index}` }],
  }))

test.each([
  ['of ASCII', repeated('abcdefgh ')],
  ['of wide characters', repeated('日本語 ')],
  ['of pairs of surrogates', repeated('🎉')],
  ['of halves of pairs', repeated('\uD800 ')],
  ['of NUL', repeated('\0')],
  ['of quotes and backslashes', repeated('"\\')],
])('a long text %s keeps beginning and end, its length and its SHA-256', (_, text) => {
  const [, head = '', size, digest, tail = ''] =
    /^(.*)\[cut, whole (\d+) bytes, sha256 ([\da-f]{64})\](.*)$/s.exec(String(sent(text))) ?? []
  expect(text.toWellFormed().startsWith(head.replace(/\uFFFD$/, ''))).toBe(true)
  expect(text.toWellFormed().endsWith(tail.replace(/^\uFFFD/, ''))).toBe(true)
  expect(head.length).toBeGreaterThan(tail.length)
  expect(tail.length).toBeGreaterThan(50)
  expect(Number(size)).toBe(Buffer.byteLength(text))
  expect(digest).toBe(sha256(text))
})

test('a secret is not cut in two', () => {
  for (let length = 2400; length < 2900; length += 7) {
    const text = `${'x'.repeat(length)} 4111 1111 1111 1111 ${'y'.repeat(9000)}`
    const tail = `${'y'.repeat(9000)} alice.longname@example.com ${'x'.repeat(length - 1600)}`
    expect(JSON.stringify(sent(text))).not.toContain('4111')
    expect(JSON.stringify(sent(tail))).not.toMatch(/longname|example/)
  }
})

test('long texts are shortened before short ones', () => {
  const result = sent({ short: 'x'.repeat(300), long: repeated('y'), other: repeated('z') })
  expect(result).toMatchObject({
    short: 'x'.repeat(300),
    long: expect.stringMatching(/^y{500,}\[cut/),
    other: expect.stringMatching(/^z{500,}\[cut/),
  })
})

test('texts whose characters take several bytes fill the room that there is', () => {
  const message = [{ role: 'user', parts: [{ type: 'text', content: 'é'.repeat(LIMIT - 100) }] }]
  const [told] = sent(message) as [{ parts: [{ content: string }] }]
  expect(told.parts[0].content).toMatch(/^é+\[cut, whole \d+ bytes, sha256 \w+\]$/)
  expect(Buffer.byteLength(JSON.stringify(told))).toBeGreaterThan(LIMIT / 2)
})

test('of a list that is too long the newest are kept, after one that tells of the others', () => {
  const messages = list(10_000)
  const [first, ...kept] = sent(messages) as { parts: { content: string }[] }[]
  expect(kept).toEqual(messages.slice(-kept.length))
  expect(kept.length).toBeGreaterThan(30)
  const dropped = JSON.stringify(messages.slice(0, -kept.length))
  expect(first).toEqual({
    role: 'user',
    parts: [
      {
        type: 'text',
        content: `[cut, whole ${dropped.length} bytes, sha256 ${sha256(dropped)}]`,
      },
    ],
  })
})

test('an object of too many properties becomes a text of its beginning and end', () => {
  const object = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key ${index}`, 1]))
  expect(sent(object)).toMatch(/^\{"key 0":1,.*\[cut, whole \d+ bytes, sha256 .*"key 4999":1\}$/)
})

test.each([
  ['nested lists', (inner: unknown): unknown => [inner]],
  ['nested objects', (inner: unknown): unknown => ({ inner })],
])('ten thousand %s are cut at a depth', (_, nest) => {
  let value: unknown = 'x'
  for (let depth = 0; depth < 10_000; depth += 1) value = nest(value)
  expect(JSON.stringify(sent(value))).toContain('[cut, nested too deeply]')
})

test('what throws when it is read costs itself', () => {
  const hostile = {
    before: 1,
    get getter(): never {
      return refuse()
    },
    proxy: new Proxy({}, { ownKeys: refuse, get: refuse }),
    list: new Proxy([], { get: refuse }),
    json: { toJSON: refuse },
    date: new Date(Number.NaN),
    after: 2n,
  }
  expect(sent(hostile)).toEqual({
    before: 1,
    getter: '[unreadable]',
    proxy: '[unreadable]',
    list: '[unreadable]',
    json: '[unreadable]',
    date: null,
    after: '2',
  })
})

const bytes = randomBytes(3000)
const base64 = bytes.toString('base64')
const reference = (mimeType: string): string => `[${mimeType}, 3000 bytes, sha256 ${sha256(bytes)}]`

test.each<[string, unknown, unknown]>([
  ['a data URL', `data:image/png;base64,${base64}`, reference('image/png')],
  [
    'a data URL within a text',
    `![a](data:image/gif;base64,${base64}) and ![b](data:image/gif;base64,${base64}) seen`,
    `![a](${reference('image/gif')}) and ![b](${reference('image/gif')}) seen`,
  ],
  ['base64 in URL letters', bytes.toString('base64url'), reference('application/octet-stream')],
  ['bytes', { a: bytes }, { a: reference('application/octet-stream') }],
  [
    'an image of a tool of MCP',
    { type: 'image', data: base64, mimeType: 'image/webp' },
    { type: 'image', data: reference('image/webp'), mimeType: 'image/webp' },
  ],
  [
    'a source of Anthropic',
    { type: 'base64', media_type: 'image/jpeg', data: base64 },
    { type: 'base64', media_type: 'image/jpeg', data: reference('image/jpeg') },
  ],
  [
    'inline data of Gemini',
    { mimeType: 'audio/wav', data: base64 },
    { mimeType: 'audio/wav', data: reference('audio/wav') },
  ],
])('a reference stands for %s', (_, result, expected) => {
  expect(sent(result)).toEqual(expected)
})

test.each([
  ['a long word', 'x'.repeat(3000)],
  ['long hexadecimal', sha256('a').repeat(40)],
  ['a short data URL', 'data:image/png;base64,iVBORw0KGgo='],
])('%s is no media', (_, text) => {
  expect(sent(text)).toBe(text)
})

test('media larger than the limit leave room for the text beside them', async () => {
  const client = answering(() => json({ id: 'x', choices: [] }))
  const image = { url: `data:image/png;base64,${randomBytes(1e6).toString('base64')}` }
  const text = 'What is this? '.repeat(100)
  await client.chat.completions.create({
    model: 'm',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text },
          { type: 'image_url', image_url: image },
        ],
      },
    ],
  })
  expect(JSON.parse(String(telemetry().span().attributes['gen_ai.input.messages']))).toEqual([
    {
      role: 'user',
      parts: [
        { type: 'text', content: text },
        {
          type: 'blob',
          modality: 'image',
          mime_type: 'image/png',
          content: '',
          byte_length: 1e6,
          sha256: expect.stringMatching(/^[\da-f]{64}$/),
        },
      ],
    },
  ])
})

test('the content of a span is bounded as a whole, and small attributes stay whole', async () => {
  start({ captureContent: 'span_only', contentLimit: 4096, spanContentLimit: 5000 })
  const client = answering(() =>
    json({ id: 'x', choices: [{ message: { role: 'assistant', content: repeated('b') } }] }),
  )
  await client.chat.completions.create({
    model: 'm',
    messages: [{ role: 'user', content: repeated('a') }],
    tools: [{ type: 'function', function: { name: 'look' } }],
  })
  const { attributes } = telemetry().span()
  const texts = ['gen_ai.input.messages', 'gen_ai.output.messages', 'gen_ai.tool.definitions'].map(
    (name) => String(attributes[name]),
  )
  const [input = 0, output = 0, tools = 0] = texts.map((text) => Buffer.byteLength(text))
  expect(input + output + tools).toBeLessThanOrEqual(5000)
  expect(input).toBeGreaterThan(2000)
  expect(output).toBeGreaterThan(2000)
  expect(JSON.parse(texts[2] ?? '')).toEqual([{ type: 'function', name: 'look' }])
})

test('a text of 20 MB costs little more than its digest', () => {
  const prompt = 'lorem ipsum dolor sit amet 12 '.repeat(700_000)
  sha256(prompt)
  const digest = cost(() => sha256(prompt))
  expect(cost(() => sent(prompt))).toBeLessThan(3 * digest + 50)
})
