import { instrument, type Options, start } from '@llmscope/sdk'
import { afterEach, expect, test, vi } from 'vitest'
import { adapters } from '../../sdk/src/instrumentations/index.ts'
import { answering, events, json, read } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()

afterEach(() => vi.unstubAllEnvs())

const chat = (content = 'Hello'): Promise<unknown> =>
  answering(() => json({ id: 'x', choices: [] })).chat.completions.create({
    model: 'm',
    messages: [{ role: 'user', content }],
  })

function warnings(): string[] {
  const seen: string[] = []
  vi.spyOn(process, 'emitWarning').mockImplementation((warning) => void seen.push(String(warning)))
  return seen
}

afterEach(() => vi.restoreAllMocks())

test.each<[object, RegExp]>([
  [{ captureContent: 'all' }, /option captureContent is all; it takes no_content, span_only, /],
  [{ captureContent: true }, /option captureContent is true/],
  [{ semconv: '1.41' }, /option semconv is 1\.41; it takes latest, v1_41, both/],
  [{ timePerOutputChunk: 'yes' }, /option timePerOutputChunk is yes; it takes true, false/],
  [{ contentLimit: 1 }, /option contentLimit is 1; it takes a number of at least 256/],
  [{ redaction: 'off' }, /option redaction is off; it takes true, false/],
  [{ redact: true }, /option redact is true; it takes a function/],
  [{ redactionRules: 'email' }, /option redactionRules takes a list of rules, or a function from /],
  [
    { redactionRules: [{ name: 'x' }] },
    /redactionRules\[0\] needs a pattern that is a RegExp; write/,
  ],
  [
    { redactionRules: [{ name: 'x', pattern: /x/, check: 1 }] },
    /redactionRules\[0\] needs a check that is a function/,
  ],
  [
    { redactionRules: () => [{ pattern: /x/ }] },
    /redactionRules\[0\] needs a name that is a string/,
  ],
  [{ redactionRules: [{ name: 'x', pattern: /x*/ }] }, /pattern that matches the empty text/],
  [{ redactionRules: [{ name: 'x', pattern: /(a+)+$/ }] }, /pattern that takes too long/],
  [{ streamTimeout: Number.NaN }, /option streamTimeout is NaN; it takes a number of at least 1/],
  [{ capture: true }, /unknown option capture; known are captureContent, semconv, /],
])('start(%o) is refused with what to do', (options, message) => {
  expect(() => start(options as Options)).toThrow(TypeError)
  expect(() => start(options as Options)).toThrow(message)
})

test('a refused option changes nothing', async () => {
  start({ captureContent: 'span_only' })
  expect(() => start({ contentLimit: -1 })).toThrow(TypeError)
  await chat()
  expect(telemetry().span().attributes).toHaveProperty(['gen_ai.input.messages'])
})

test.each([
  ['span_only', true],
  ['SPAN_AND_EVENT', true],
  [' true ', true],
  ['event_only', false],
  ['no_content', false],
  ['none', false],
  ['false', false],
  ['', false],
])('the standard variable set to "%s" captures content on spans: %s', async (value, captured) => {
  vi.stubEnv('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT', value)
  start()
  await chat()
  expect('gen_ai.input.messages' in telemetry().span().attributes).toBe(captured)
})

test('an option wins over its variable', async () => {
  vi.stubEnv('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT', 'span_only')
  start({ captureContent: 'no_content' })
  await chat()
  expect(telemetry().span().attributes).not.toHaveProperty(['gen_ai.input.messages'])
})

test('LLMSCOPE_CONTENT_LIMIT bounds content', async () => {
  vi.stubEnv('LLMSCOPE_CONTENT_LIMIT', '300')
  start({ captureContent: 'span_only' })
  await chat('x'.repeat(10_000))
  const text = String(telemetry().span().attributes['gen_ai.input.messages'])
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(300)
})

test('LLMSCOPE_SEMCONV chooses the names', async () => {
  vi.stubEnv('LLMSCOPE_SEMCONV', 'both')
  start()
  await chat()
  expect(telemetry().span().attributes).toMatchObject({ 'gen_ai.system': 'openai' })
})

test('LLMSCOPE_TIME_PER_OUTPUT_CHUNK=false leaves the gaps between chunks out', async () => {
  vi.stubEnv('LLMSCOPE_TIME_PER_OUTPUT_CHUNK', 'false')
  start()
  const chunk = { id: 'x', choices: [{ index: 0, delta: { content: 'a' } }] }
  const client = answering(() => events([chunk, chunk, chunk]))
  await read(await client.chat.completions.create({ model: 'm', messages: [], stream: true }))
  const names = [...(await telemetry().metrics()).keys()]
  expect(names).toContain('gen_ai.client.inference.time_to_first_chunk')
  expect(names).not.toContain('gen_ai.client.inference.time_per_output_chunk')
})

test('a variable that makes no sense is named once, and the default is used', async () => {
  vi.stubEnv('LLMSCOPE_SEMCONV', '2.0')
  vi.stubEnv('LLMSCOPE_STREAM_TIMEOUT', 'soon')
  const seen = warnings()
  start()
  start()
  expect(seen).toEqual([
    'llmscope: LLMSCOPE_SEMCONV is 2.0; it takes latest, v1_41, both. Using latest.',
    'llmscope: LLMSCOPE_STREAM_TIMEOUT is soon; it takes a number of at least 1. Using 600000.',
  ])
  await chat()
  expect(telemetry().span().attributes).not.toHaveProperty(['gen_ai.system'])
})

test('instrument() refuses what is no client, and gives a client back', () => {
  const known = adapters.map(({ module }) => module).join(', ')
  expect(() => instrument({ chat: { completions: {} } })).toThrow(
    new TypeError(`llmscope: instrument() takes a client of one of: ${known}`),
  )
  const client = answering(() => json({}))
  expect(instrument(client)).toBe(client)
})

test('a client that is instrumented twice has one span a call', async () => {
  const client = answering(() => json({ id: 'x', choices: [] }))
  instrument(instrument(client))
  await client.chat.completions.create({ model: 'm', messages: [] })
  expect(telemetry().spans).toHaveLength(1)
})
