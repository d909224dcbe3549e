import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OtlpSink, type SinkSpan, startOtlpSink } from '../sdk/otlp-sink.ts'
import { type Run, runNode } from './child.ts'
import { writeGguf } from './local-models/gguf.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const OURS = ['--import', '@llmscope/sdk/register']
const INTERNAL = 1
const CAPTURED = { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_only' }
const PROMPT = 'the cat sat CANARY'

/** What a program tells of a scenario: what came of it, and its tokens as the tokenizer counts them. */
interface Told {
  readonly result?: unknown
  readonly tokens?: readonly number[]
  readonly first?: number
  readonly thrown?: string
}

const usageOf = ({ attributes }: SinkSpan): unknown[] =>
  ['input', 'output', 'cache_read.input'].map((kind) => attributes[`gen_ai.usage.${kind}_tokens`])

const said = (role: string, content: unknown): object => ({
  role,
  parts: [{ type: 'text', content }],
})

// its programs for other systems are not in the lockfile
describe.skipIf(process.platform !== 'linux')('node-llama-cpp', () => {
  let folder: string
  let workspace: Workspace
  let sink: OtlpSink
  let bare: Run
  let traced: Run
  let told: Readonly<Record<string, Told>>
  const run = (args: string[], env = {}): Promise<Run> =>
    runNode(workspace.folder, [...args, 'main.mjs', join(folder, 'random.F32.gguf')], env)
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'llmscope-gguf-'))
    await writeGguf(join(folder, 'random.F32.gguf'))
    workspace = await openWorkspace('node-llama-cpp-3', 'node-llama-cpp')
    sink = await startOtlpSink()
    bare = await run([])
    traced = await run(OURS, exportTo(sink.url))
    told = JSON.parse(traced.stdout) as Record<string, Told>
  })
  afterAll(() => Promise.all([workspace.remove(), sink.close(), rm(folder, { recursive: true })]))

  const callsIn = (scenario: string, { spans } = sink): SinkSpan[] => {
    const parent = spans.find(({ name }) => name === scenario)
    return spans.filter(({ parentSpanId }) => parentSpanId === parent?.spanId)
  }
  test('the application gets what it gets without us', () => {
    expect(traced).toEqual(bare)
    expect(traced).toMatchObject({ code: 0, stderr: '' })
  })

  test.each([
    ['prompt', 'chat'],
    ['streamed', 'chat'],
    ['chat', 'chat'],
    ['completion', 'text_completion'],
    ['beside 0', 'chat'],
    ['beside 1', 'chat'],
  ])(
    'one span of the process, with the tokens that the tokenizer counts: %s',
    (scenario, operation) => {
      const [call, ...others] = callsIn(scenario)
      const [input, output] = told[scenario]?.tokens ?? []
      expect(others).toEqual([])
      expect(call).toMatchObject({
        name: `${operation} random.F32`,
        kind: INTERNAL,
        attributes: {
          'gen_ai.provider.name': 'llama_cpp',
          'gen_ai.response.finish_reasons': ['maxTokens'],
          'gen_ai.usage.input_tokens': input,
          'gen_ai.usage.output_tokens': output,
          'gen_ai.response.time_to_first_chunk': expect.any(Number),
          'llmscope.response.tokens_per_second': expect.any(Number),
          'llmscope.model.device': 'cpu',
          'llmscope.model.dtype': 'F32',
        },
      })
    },
  )

  test('what a session has in memory is cached', () => {
    const [first, second] = callsIn('second prompt')
    const { tokens: [input, output] = [], first: before = 0 } = told['second prompt'] ?? {}
    expect([first, second].map((call) => call && usageOf(call))).toEqual([
      [before, 3, undefined],
      // what was said to it is in other tokens when it is read again
      [input, output, before],
    ])
  })

  test('a streamed call says so, and its parameters; its callbacks are within it', () => {
    const [call] = callsIn('streamed')
    expect(call?.attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.request.max_tokens': 5,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.top_k': 3,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.seed': 7,
      'gen_ai.request.frequency_penalty': 0.1,
      'gen_ai.request.presence_penalty': 0.2,
    })
    expect(callsIn('prompt')[0]?.attributes).not.toHaveProperty(['gen_ai.request.stream'])
  })

  test('what the application aborts is cancelled, whether it throws or not', () => {
    expect(callsIn('aborted')).toMatchObject([
      { attributes: { 'error.type': 'AbortError', 'llmscope.error.category': 'cancelled' } },
    ])
    expect(callsIn('aborted softly')).toMatchObject([
      {
        attributes: {
          'gen_ai.response.finish_reasons': ['abort'],
          'llmscope.stream.outcome': 'cancelled',
        },
      },
    ])
  })

  test('each answer is a span, and a function that it calls runs where the application asked', () => {
    const parts = callsIn('functions')
    const [first, ...others] = parts.filter(({ name }) => name === 'chat random.F32')
    expect(told['functions']).toEqual({ thrown: 'RangeError: enough' })
    expect(first?.attributes['gen_ai.response.finish_reasons']).toEqual(['functionCalls'])
    expect(others).toHaveLength(1)
    expect(parts.filter(({ name }) => name === 'inside look')).toHaveLength(2)
  })

  test('vectors count their tokens, also beside each other', () => {
    for (const scenario of ['embedding', 'vector 0', 'vector 1', 'vector 2']) {
      expect(callsIn(scenario)).toMatchObject([
        {
          name: 'embeddings random.F32',
          kind: INTERNAL,
          attributes: { 'gen_ai.usage.input_tokens': told[scenario]?.tokens?.[0] },
        },
      ])
    }
  })

  test('ranks, failures and what a user is about to say are told', () => {
    const names = callsIn('ranking').map(({ name }) => name)
    expect(names).toEqual(['rerank random.F32', 'rerank random.F32'])
    expect(callsIn('refused')).toMatchObject([{ attributes: { 'error.type': 'Error' } }])
    expect(callsIn('completed for the user')).toMatchObject([
      { name: 'text_completion random.F32', attributes: { 'gen_ai.usage.output_tokens': 2 } },
    ])
    expect(callsIn('stopped')[0]?.attributes['gen_ai.response.finish_reasons']).toEqual([
      'customStopTrigger',
    ])
  })

  test('with content off, no word of a prompt or an answer is exported', () => {
    expect(sink.received.match(/CANARY|matmat/g)).toBeNull()
  })

  test('with content on, chats and texts are where they belong', async () => {
    const captured = await startOtlpSink()
    await run(OURS, { ...exportTo(captured.url), ...CAPTURED })
    const contentOf = (scenario: string): unknown[] =>
      ['input', 'output'].map((side) =>
        JSON.parse(String(callsIn(scenario, captured)[0]?.attributes[`gen_ai.${side}.messages`])),
      )
    expect(contentOf('prompt')).toEqual([
      [said('system', 'a CANARY'), said('user', PROMPT)],
      [said('assistant', told['prompt']?.result)],
    ])
    expect(contentOf('chat')).toEqual([
      [said('user', PROMPT), said('assistant', 'mat'), said('user', 'the')],
      [said('assistant', told['chat']?.result)],
    ])
    expect(contentOf('completion')).toEqual([
      [said('user', PROMPT)],
      [said('assistant', told['completion']?.result)],
    ])
    const [first, second] = callsIn('functions', captured)
      .filter(({ name }) => name.startsWith('chat'))
      .map(({ attributes }) => attributes)
    const call = { type: 'tool_call', name: 'look', arguments: { at: 'CANARY' } }
    const asked = [said('system', 'a'), said('user', PROMPT)]
    const answer = { role: 'assistant', parts: [call] }
    expect(JSON.parse(String(first?.['gen_ai.output.messages']))).toEqual([answer])
    expect(JSON.parse(String(first?.['gen_ai.tool.definitions']))).toMatchObject([{ name: 'look' }])
    expect(JSON.parse(String(second?.['gen_ai.input.messages']))).toEqual([
      ...asked,
      answer,
      { role: 'tool', parts: [{ type: 'tool_call_response', response: 'seen CANARY' }] },
    ])
    await captured.close()
  })
})
