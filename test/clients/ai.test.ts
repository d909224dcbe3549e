import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAnthropicServer } from '../sdk/anthropic-server/server.ts'
import { startOpenAIServer } from '../sdk/openai-server/server.ts'
import { type OtlpSink, type SinkSpan, startOtlpSink } from '../sdk/otlp-sink.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { type Run, runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const OURS = ['--import', '@llmscope/sdk/register']
const CONTENT = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'
const RUN = ['chat tools', 'chat tools', 'execute_tool weather']

let workspace: Workspace
let openai: ScriptedServer
let anthropic: ScriptedServer
beforeAll(async () => {
  workspace = await openWorkspace('ai-7', 'ai')
  ;[openai, anthropic] = await Promise.all([startOpenAIServer(), startAnthropicServer()])
})
afterAll(() => Promise.all([workspace.remove(), openai.close(), anthropic.close()]))

const run = (args: string[], env = {}, own = ''): Promise<Run> =>
  runNode(workspace.folder, [...args, 'main.mjs', openai.baseURL, anthropic.baseURL, own], env)

/** What the servers have billed since there were so many requests. */
function billedSince([first, second]: readonly [number, number]): Record<string, number> {
  const bills = [...openai.exchanges.slice(first), ...anthropic.exchanges.slice(second)]
  return {
    requests: bills.length,
    input: bills.reduce((sum, { billed }) => sum + (billed?.input ?? 0), 0),
    output: bills.reduce((sum, { billed }) => sum + (billed?.output ?? 0), 0),
  }
}

const requests = (): [number, number] => [openai.exchanges.length, anthropic.exchanges.length]

describe("without the AI SDK's own OpenTelemetry package", () => {
  let sink: OtlpSink
  let billed: Record<string, number>
  let traced: Run
  beforeAll(async () => {
    sink = await startOtlpSink()
    const before = requests()
    traced = await run(OURS, { ...exportTo(sink.url), [CONTENT]: 'span_only' })
    billed = billedSince(before)
  })
  afterAll(() => sink.close())
  const childrenOf = (span: SinkSpan | undefined): SinkSpan[] =>
    sink.spans.filter(({ parentSpanId }) => parentSpanId === span?.spanId)
  const agent = (name: string): SinkSpan | undefined =>
    sink.spans.find((span) => span.name === `invoke_agent ${name}`)

  test('the application gets what it gets without us', async () => {
    expect(traced).toMatchObject({ code: 0, stderr: '' })
    expect(traced.stdout).toBe((await run([])).stdout)
  })

  test.each(
    ['chat', 'responses', 'messages'].flatMap((api) => [`${api} whole`, `${api} streamed`]),
  )('a run of %s has its calls and its tool, beside all others', (name) => {
    const parts = childrenOf(agent(name))
    expect(parts.map((span) => span.name).toSorted()).toEqual(RUN)
    const tool = parts.find((span) => span.name === 'execute_tool weather')
    expect(childrenOf(tool).map((span) => span.name)).toEqual(['inside CANARY-TOOL-ARGUMENT'])
    expect(tool?.attributes).toMatchObject({
      'gen_ai.tool.call.id': expect.any(String),
      'gen_ai.tool.call.arguments': '{"city":"CANARY-TOOL-ARGUMENT"}',
      'gen_ai.tool.call.result': '"rain"',
    })
  })

  test('tokens are what the providers billed, in one span a request', () => {
    const calls = sink.spans.filter(({ attributes }) => 'gen_ai.provider.name' in attributes)
    const sum = (name: string): number =>
      calls.reduce((total, { attributes }) => total + Number(attributes[name] ?? 0), 0)
    expect({
      requests: calls.length,
      input: sum('gen_ai.usage.input_tokens'),
      output: sum('gen_ai.usage.output_tokens'),
    }).toEqual(billed)
  })

  test('a call says whom it asked, what came back, and how', () => {
    const call = childrenOf(agent('messages streamed')).find(({ name }) => name === 'chat tools')
    expect(call?.attributes).toMatchObject({
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.stream': true,
      'gen_ai.response.id': expect.any(String),
      'gen_ai.response.finish_reasons': ['tool_use'],
      'gen_ai.response.time_to_first_chunk': expect.any(Number),
      'gen_ai.output.messages': expect.stringContaining('"name":"weather"'),
    })
    for (const name of ['refused', 'refused streamed']) {
      const [refused] = childrenOf(agent(name))
      expect(refused?.attributes).toMatchObject({
        'error.type': 'APICallError',
        'llmscope.error.category': 'rate_limit',
      })
    }
  })
})

describe.each(['own', 'per call'])('its own OpenTelemetry package, given as %s', (own) => {
  let sink: OtlpSink
  let billed: Record<string, number>
  let traced: Run
  beforeAll(async () => {
    sink = await startOtlpSink()
    const before = requests()
    traced = await run(OURS, exportTo(sink.url), own)
    billed = billedSince(before)
  })
  afterAll(() => sink.close())
  const sumOf = (metric: string, key: 'value' | 'count' | 'sum' = 'value'): number =>
    sink.points
      .filter((point) => point.metric === metric)
      .reduce((total, point) => total + (point[key] ?? 0), 0)

  test('keeps its spans, one a request, and we add none', () => {
    expect(traced.code).toBe(0)
    expect(traced.stderr).toContain('the calls of ai already have spans of @ai-sdk/otel')
    expect(sink.spans.filter(({ scope }) => scope === '@llmscope/sdk')).toEqual([])
    // of the one embedding it has two
    const calls = sink.spans.filter(({ name }) => name.startsWith('chat '))
    expect(calls.length + 1).toBe(billed['requests'])
  })

  test('leaves the metrics to us: those of calls, of agents and of tools', () => {
    const embedded = sumOf('gen_ai.client.embeddings.operation.input_tokens', 'sum')
    expect(sumOf('gen_ai.client.inference.usage.input_tokens') + embedded).toBe(billed['input'])
    expect(sumOf('llmscope.agent.input_tokens') + embedded).toBe(billed['input'])
    expect(sumOf('gen_ai.invoke_agent.duration', 'count')).toBe(8)
    expect(sumOf('gen_ai.execute_tool.duration', 'count')).toBe(6)
  })
})

test('a run that is given no integrations is not told of by those that are registered', async () => {
  const sink = await startOtlpSink()
  const before = requests()
  const { code, stderr } = await run(OURS, exportTo(sink.url), 'none')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const calls = sink.spans.filter(({ name }) => /^(chat|embeddings) /.test(name))
  expect(calls).toHaveLength(billedSince(before)['requests'] ?? 0)
  expect(new Set(calls.map(({ scope }) => scope))).toEqual(new Set(['@llmscope/sdk']))
  await sink.close()
})
