import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAnthropicServer } from '../sdk/anthropic-server/server.ts'
import { startOpenAIServer } from '../sdk/openai-server/server.ts'
import { type OtlpSink, type SinkSpan, startOtlpSink } from '../sdk/otlp-sink.ts'
import type { Exchange, ScriptedServer } from '../sdk/scripted-server/server.ts'
import { type Run, runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const OURS = ['--import', '@llmscope/sdk/register']
const RUN = ['chat tools', 'chat tools', 'execute_tool weather']

let workspace: Workspace
let openai: ScriptedServer
let anthropic: ScriptedServer
beforeAll(async () => {
  workspace = await openWorkspace('langchain-1', 'langchain')
  ;[openai, anthropic] = await Promise.all([startOpenAIServer(), startAnthropicServer()])
})
afterAll(() => Promise.all([workspace.remove(), openai.close(), anthropic.close()]))

describe.each(['ESM', 'CommonJS'])('LangChain and LangGraph as %s', (form) => {
  let sink: OtlpSink
  let exchanges: Exchange[]
  let traced: Run
  const run = (args: string[], env = {}): Promise<Run> => {
    const program = [...args, 'main.mjs', openai.baseURL, anthropic.baseURL]
    return runNode(workspace.folder, program, { FORM: form, ...env })
  }
  beforeAll(async () => {
    sink = await startOtlpSink()
    const before = [openai.exchanges.length, anthropic.exchanges.length]
    traced = await run(OURS, exportTo(sink.url))
    exchanges = [...openai.exchanges.slice(before[0]), ...anthropic.exchanges.slice(before[1])]
  })
  afterAll(() => sink.close())

  const childrenOf = (span: SinkSpan | undefined): SinkSpan[] =>
    sink.spans.filter(({ parentSpanId }) => parentSpanId === span?.spanId)
  const named = (name: string): SinkSpan | undefined =>
    sink.spans.find((span) => span.name === name)

  test('the application gets what it gets without us', async () => {
    expect(traced).toMatchObject({ code: 0, stderr: '' })
    expect(traced.stdout).toBe((await run([])).stdout)
  })

  test.each(
    ['chat', 'responses', 'messages'].flatMap((api) => [`${api} whole`, `${api} streamed`]),
  )('a graph over %s has its calls and its tool, beside all others', (name) => {
    const parts = childrenOf(named(`invoke_agent ${name}`))
    expect(parts.map((span) => span.name).toSorted()).toEqual(RUN)
    const tool = parts.find((span) => span.name === 'execute_tool weather')
    expect(tool?.attributes).toHaveProperty(['gen_ai.tool.call.id'])
    expect(childrenOf(tool).map((span) => span.name)).toEqual(['inside CANARY-TOOL-ARGUMENT'])
  })

  test('a chain is a workflow, and a failure is told of both', () => {
    for (const name of ['asked', 'asked in pieces']) {
      const calls = childrenOf(named(`invoke_workflow ${name}`))
      expect(calls.map((span) => span.name)).toEqual(['chat ordinary'])
    }
    const refused = named('invoke_workflow refused')
    for (const span of [refused, ...childrenOf(refused)]) {
      expect(span?.attributes).toMatchObject({ 'llmscope.error.category': 'rate_limit' })
    }
    const tools = childrenOf(named('invoke_agent broken'))
    const broken = tools.find((span) => span.name === 'execute_tool weather')
    expect(broken?.status.code).toBe(2)
  })

  test('tokens are what the providers billed, in one span a request', () => {
    const calls = sink.spans.filter(({ attributes }) => 'gen_ai.provider.name' in attributes)
    const sum = (direction: string): number =>
      calls.reduce(
        (total, { attributes }) =>
          total + Number(attributes[`gen_ai.usage.${direction}_tokens`] ?? 0),
        0,
      )
    expect(calls).toHaveLength(exchanges.length)
    expect(sum('input')).toBe(
      exchanges.reduce((total, { billed }) => total + (billed?.input ?? 0), 0),
    )
    expect(sum('output')).toBe(
      exchanges.reduce((total, { billed }) => total + (billed?.output ?? 0), 0),
    )
  })
})
