import { beforeAll, describe, expect, test } from 'vitest'
import { startGeminiServer } from '../sdk/gemini-server/server.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { type OtlpSink, type SinkSpan, startOtlpSink } from '../sdk/otlp-sink.ts'
import { type Run, runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace } from './workspace.ts'

const CONTENT = { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_only' }

/** What a program that plays all scenarios has seen, sent and told. */
interface Played {
  readonly run: Run
  readonly server: ScriptedServer
  readonly sink: OtlpSink
}

async function play(
  folder: string,
  entry: string,
  flags: readonly string[],
  refuses: boolean,
  env = {},
): Promise<Played> {
  const [server, sink] = await Promise.all([startGeminiServer(), startOtlpSink()])
  const args = [...flags, entry, server.baseURL, ...(refuses ? ['refuses'] : [])]
  const run = await runNode(folder, args, { ...exportTo(sink.url), ...env })
  await Promise.all([server.close(), sink.close()])
  return { run, server, sink }
}

const ours = ({ sink }: Played): SinkSpan[] =>
  sink.spans.filter(({ scope }) => scope === '@llmscope/sdk')
const answers = (played: Played, model: string): SinkSpan[] =>
  ours(played).filter(({ name }) => name === `generate_content ${model}`)
const contentOf = (played: Played, model: string): unknown[] =>
  answers(played, model).map(({ attributes }) => [
    JSON.parse(String(attributes['gen_ai.input.messages'])),
    JSON.parse(String(attributes['gen_ai.output.messages'])),
  ])
const text = (content: string): object => ({ type: 'text', content })

// only version 3 tells where a session is refused
describe.each([
  ['gemini-1', 'main.cjs', false],
  ['gemini-2', 'main.mjs', false],
  ['gemini-3', 'main.mjs', true],
  ['gemini-3', 'main.cjs', true],
] as const)('live sessions of %s, %s', (install, entry, refuses) => {
  let bare: Played
  let traced: Played
  let told: Played
  beforeAll(async () => {
    const workspace = await openWorkspace(install, 'gemini-live')
    const { folder } = workspace
    const register = ['--import', '@llmscope/sdk/register']
    bare = await play(folder, entry, [], refuses)
    traced = await play(folder, entry, register, refuses)
    told = await play(folder, entry, register, refuses, CONTENT)
    await workspace.remove()
  })
  const parentOf = ({ parentSpanId }: SinkSpan): string | undefined =>
    traced.sink.spans.find(({ spanId }) => spanId === parentSpanId)?.name

  test('the application sees the same, and the provider is sent the same', () => {
    expect(bare.run).toMatchObject({ code: 0, signal: null })
    expect(traced.run).toEqual(bare.run)
    expect(told.run).toEqual(bare.run)
    expect(bare.server.messages.length).toBeGreaterThan(10)
    expect(traced.server.messages).toEqual(bare.server.messages)
  })

  test('a session that is opened is a span, and so is each of its answers', () => {
    const names = ours(traced).map(({ name }) => name)
    expect(names.filter((name) => name.startsWith('open_session'))).toHaveLength(refuses ? 7 : 6)
    expect(names.filter((name) => name.startsWith('generate_content'))).toEqual([
      'generate_content text',
      'generate_content speech',
      'generate_content tools',
      'generate_content tools',
      'generate_content interrupted',
      'generate_content drop',
      'generate_content silent',
    ])
    for (const span of ours(traced)) {
      expect(parentOf(span)).toBe(`application ${span.name.split(' ')[1]}`)
    }
  })

  test('an answer has the tokens of its turn, and the time to its first word', () => {
    const [answer] = answers(traced, 'text')
    expect(answer?.attributes).toMatchObject({
      'gen_ai.provider.name': 'gcp.gemini',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.stream': true,
      // the first version tells Vertex AI's sessions only
      ...(install !== 'gemini-1' && { 'gen_ai.conversation.id': 'session-1' }),
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.time_to_first_chunk': expect.any(Number) as number,
      'gen_ai.usage.input_tokens': 30,
      'gen_ai.usage.cache_read.input_tokens': 10,
      'gen_ai.usage.output_tokens': 15,
      'gen_ai.usage.reasoning.output_tokens': 3,
      'gen_ai.usage.audio.input_tokens': 20,
      'gen_ai.usage.audio.output_tokens': 12,
    })
    const counted = traced.sink.points.filter(
      ({ metric }) => metric === 'gen_ai.client.inference.usage.output_tokens',
    )
    expect(counted.reduce((sum, { value = 0 }) => sum + value, 0)).toBe(5 * 15)
  })

  test.each([
    ['tools', ['tool_calls'], undefined],
    ['interrupted', ['interrupted'], undefined],
    ['drop', undefined, 'connection'],
  ])('an answer tells how it came out: %s', (model, reasons, category) => {
    const [answer] = answers(traced, model)
    expect(answer?.attributes['gen_ai.response.finish_reasons']).toEqual(reasons)
    expect(answer?.attributes['llmscope.error.category']).toBe(category)
  })

  test('an answer that is given up with its session is cancelled', () => {
    const [answer] = answers(traced, 'silent')
    expect(answer?.attributes['llmscope.stream.outcome']).toBe('cancelled')
  })

  test('listeners run in the context of the application', () => {
    const heard = traced.sink.spans.filter(({ name }) => name === 'heard')
    expect(heard.length).toBeGreaterThan(10)
    for (const span of heard) expect(parentOf(span)).toMatch(/^application /)
  })

  test('content is what was said since the last answer, and nothing where it is off', () => {
    expect(traced.sink.received.match(/CANARY[A-Z-]*/g)).toBeNull()
    expect(contentOf(told, 'text')).toMatchObject([
      [
        [
          { role: 'user', parts: [text('CANARY-BEFORE')] },
          { role: 'user', parts: [text('CANARY-PROMPT')] },
        ],
        [{ role: 'assistant', parts: [text('CANARY-ANSWER of two pieces')] }],
      ],
    ])
    expect(contentOf(told, 'speech')).toMatchObject([
      [[{ parts: [text('CANARY-SPEECH')] }], [{ parts: [text('CANARY-ANSWER')] }]],
    ])
    expect(contentOf(told, 'tools')).toMatchObject([
      [
        [{ parts: [text('tools')] }],
        [{ parts: [{ type: 'tool_call', arguments: { city: 'CANARY' } }] }],
      ],
      [
        [{ role: 'tool', parts: [{ response: { output: 'CANARY-TOOL-RESULT' } }] }],
        [{ parts: [text('CANARY-ANSWER of two pieces')] }],
      ],
    ])
  })
})
