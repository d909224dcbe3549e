import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OtlpSink, type SinkSpan, startOtlpSink } from '../sdk/otlp-sink.ts'
import { type Run, runNode } from './child.ts'
import { writeOnnxModels } from './local-models/onnx.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const OURS = ['--import', '@llmscope/sdk/register']
const INTERNAL = 1
const QUESTION = 'the cat sat on CANARY'
const FIRST_CHUNK = 'gen_ai.client.inference.time_to_first_chunk'

/** What a program tells of a scenario: what came of it, and its tokens as the tokenizer counts them. */
type Told = Readonly<
  Record<string, { readonly tokens?: readonly number[]; readonly thrown?: string }>
>

const said = (role: string, content: unknown): object => ({
  role,
  parts: [{ type: 'text', content }],
})

let models: string
beforeAll(async () => {
  models = await mkdtemp(join(tmpdir(), 'llmscope-onnx-'))
  await writeOnnxModels(models)
})
afterAll(() => rm(models, { recursive: true }))

describe.each([
  ['transformers-4', 'ESM'],
  ['transformers-4', 'CommonJS'],
  ['transformers-3', 'ESM'],
])('transformers.js: %s as %s', (install, form) => {
  let workspace: Workspace
  let sink: OtlpSink
  let bare: Run
  let traced: Run
  let told: Told
  const run = (args: string[], env = {}): Promise<Run> =>
    runNode(workspace.folder, [...args, 'main.mjs', models], { FORM: form, ...env })
  beforeAll(async () => {
    workspace = await openWorkspace(install, 'transformers')
    sink = await startOtlpSink()
    bare = await run([])
    traced = await run(OURS, exportTo(sink.url))
    told = JSON.parse(traced.stdout) as Told
  })
  afterAll(() => Promise.all([workspace.remove(), sink.close()]))

  const callsIn = (scenario: string): SinkSpan[] => {
    const parent = sink.spans.find(({ name }) => name === scenario)
    return sink.spans.filter(({ parentSpanId }) => parentSpanId === parent?.spanId)
  }

  test('the application gets what it gets without us', () => {
    expect(traced).toEqual(bare)
    expect(traced).toMatchObject({ code: 0, stderr: '' })
  })

  test.each([
    ['whole', 'text_completion writer', ['length']],
    ['streamed', 'text_completion writer', ['length']],
    ['chat', 'chat writer', ['length']],
    ['batch', 'text_completion writer', ['length', 'length']],
    ['ended', 'text_completion writer', ['stop']],
    ['generate', 'text_completion writer', ['length']],
    ['interrupted', 'text_completion writer', ['stop']],
    ...[0, 1, 2, 3].map(
      (index) => [`beside ${index}`, 'text_completion writer', ['length']] as const,
    ),
  ] as const)(
    'one span of the process, with the tokens that the tokenizer counts: %s',
    (scenario, name, reasons) => {
      const [call, ...others] = callsIn(scenario)
      const [input, output] = told[scenario]?.tokens ?? []
      expect(others).toEqual([])
      expect(call).toMatchObject({
        name,
        kind: INTERNAL,
        attributes: {
          'gen_ai.provider.name': 'transformers_js',
          'gen_ai.request.model': 'writer',
          'gen_ai.response.finish_reasons': reasons,
          'gen_ai.usage.input_tokens': input,
          'gen_ai.usage.output_tokens': output,
          'gen_ai.response.time_to_first_chunk': expect.any(Number),
          'llmscope.response.tokens_per_second': expect.any(Number),
          'llmscope.model.device': 'cpu',
          'llmscope.model.dtype': 'fp32',
        },
      })
      const seconds = Number((call?.end ?? 0n) - (call?.start ?? 0n)) / 1e9
      const rate = Number(call?.attributes['llmscope.response.tokens_per_second'])
      expect(rate).toBeGreaterThan(Number(output) / seconds / 4)
    },
  )

  test('embeddings count the tokens of all texts', () => {
    expect(callsIn('embeddings')).toMatchObject([
      {
        name: 'embeddings encoder',
        kind: INTERNAL,
        attributes: { 'gen_ai.usage.input_tokens': told['embeddings']?.tokens?.[0] },
      },
    ])
  })

  test('a streamed call says so, its parameters, and has what is done in its callbacks within it', () => {
    const [call] = callsIn('streamed')
    expect(call?.attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.request.max_tokens': 5,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.top_k': 3,
    })
    expect(callsIn('whole')[0]?.attributes).not.toHaveProperty(['gen_ai.request.stream'])
    const inside = sink.spans.filter(({ name }) => name === 'inside streamed')
    expect(new Set(inside.map(({ parentSpanId }) => parentSpanId))).toEqual(new Set([call?.spanId]))
  })

  test('what the application stops is told as cancelled', () => {
    const outcome = 'llmscope.stream.outcome'
    expect(callsIn('interrupted')[0]?.attributes[outcome]).toBe('cancelled')
    expect(callsIn('generate')[0]?.attributes).not.toHaveProperty([outcome])
  })

  test('a failed call is told, with the tokens that had come', () => {
    expect(callsIn('refused')).toMatchObject([{ attributes: { 'error.type': 'Error' } }])
    expect(told['broken']?.thrown).toBe('TypeError: CANARY-ERROR')
    expect(callsIn('broken')).toMatchObject([
      { attributes: { 'error.type': 'TypeError', 'gen_ai.usage.output_tokens': 3 } },
    ])
  })

  test('what has no span has none', () => {
    expect(callsIn('an unknown task')).toEqual([])
  })

  test('metrics count the calls and their tokens', () => {
    const sum = (metric: string): number =>
      sink.points
        .filter((point) => point.metric === metric)
        .reduce((total, { sum: part, value }) => total + (part ?? value ?? 0), 0)
    const calls = sink.spans.filter(({ name }) => /^(chat|text_completion) writer$/.test(name))
    const output = calls.map((call) => Number(call.attributes['gen_ai.usage.output_tokens'] ?? 0))
    expect(sum('gen_ai.client.inference.usage.output_tokens')).toBe(
      output.reduce((total, count) => total + count, 0),
    )
    const first = sink.points.filter(({ metric }) => metric === FIRST_CHUNK)
    const chunked = calls.filter((call) => 'gen_ai.response.time_to_first_chunk' in call.attributes)
    expect(first.reduce((total, { count = 0 }) => total + count, 0)).toBe(chunked.length)
  })

  test('with content off, no word of a prompt, an answer or an error is exported', () => {
    expect(sink.received.match(/CANARY|nobody/g)).toBeNull()
  })
})

test('with content on, prompts, answers and chats are where they belong', async () => {
  const workspace = await openWorkspace('transformers-4', 'transformers')
  const sink = await startOtlpSink()
  const env = { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_only' }
  const { stdout } = await runNode(workspace.folder, [...OURS, 'main.mjs', models], {
    ...exportTo(sink.url),
    ...env,
  })
  const results = JSON.parse(stdout) as Record<string, { result: readonly string[] }>
  const contentOf = (scenario: string): unknown[] => {
    const parent = sink.spans.find(({ name }) => name === scenario)
    const call = sink.spans.find(({ parentSpanId }) => parentSpanId === parent?.spanId)
    return ['input', 'output'].map((side) =>
      JSON.parse(String(call?.attributes[`gen_ai.${side}.messages`])),
    )
  }
  const [full = ''] = results['whole']?.result ?? []
  expect(contentOf('whole')).toEqual([
    [said('user', QUESTION)],
    [said('assistant', full.slice(QUESTION.length))],
  ])
  const [chat] = (results['chat']?.result ?? []) as unknown as { content: string }[][]
  expect(contentOf('chat')).toEqual([
    [said('system', 'a CANARY'), said('user', QUESTION)],
    [said('assistant', chat?.at(-1)?.content)],
  ])
  expect(contentOf('batch')).toEqual([
    [said('user', QUESTION), said('user', 'the mat')],
    results['batch']?.result.map((content) => said('assistant', content)),
  ])
  expect(contentOf('generate')[0]).toEqual([said('user', QUESTION)])
  await Promise.all([workspace.remove(), sink.close()])
})
