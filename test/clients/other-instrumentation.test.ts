import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startOpenAIServer } from '../sdk/openai-server/server.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { type OtlpSink, startOtlpSink } from '../sdk/otlp-sink.ts'
import { type Run, runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const OURS = ['--import', '@llmscope/sdk/register']
const THEIRS = '@opentelemetry/instrumentation-openai'
const CALLS = ['chat ordinary', 'chat ordinary', 'chat ordinary', 'embeddings ordinary']

let workspace: Workspace
let server: ScriptedServer
let sink: OtlpSink
beforeAll(async () => {
  workspace = await openWorkspace('openai-6-instrumented', 'other-instrumentation')
})
afterAll(() => workspace.remove())
beforeEach(async () => {
  ;[server, sink] = await Promise.all([startOpenAIServer(), startOtlpSink()])
})
afterEach(() => Promise.all([server.close(), sink.close()]))

function counts(metric: string): number {
  const points = sink.points.filter((point) => point.metric === metric)
  return points.reduce((sum, { count = 0 }) => sum + count, 0)
}

const run = (...args: string[]): Promise<Run> =>
  runNode(workspace.folder, [...args, server.baseURL], exportTo(sink.url))

test.each([
  ['CommonJS, theirs first', ['--import', './theirs.cjs', ...OURS, 'main.cjs']],
  ['CommonJS, ours first', [...OURS, '--import', './theirs.cjs', 'main.cjs']],
  ['ESM, theirs first', ['--import', './theirs.mjs', ...OURS, 'main.mjs']],
  ['ESM, ours first', [...OURS, '--import', './theirs.mjs', 'main.mjs']],
  ['instrument() after theirs', ['--import', './theirs.mjs', 'late.mjs']],
])('beside OpenTelemetry’s own instrumentation a call has one span: %s', async (_, args) => {
  const { code, stdout, stderr } = await run(...args)
  if (code) throw new Error(stderr)
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'chatcmpl-ordinary true 1 completed\n' })
  expect(sink.spans.map(({ name }) => name).toSorted()).toEqual(CALLS)
  expect(new Set(sink.spans.map(({ scope }) => scope))).toEqual(new Set([THEIRS]))
  expect(
    stderr.match(/already have spans of @opentelemetry\/instrumentation-openai/g),
  ).toHaveLength(1)
})

test('our metrics tell of every call', async () => {
  await run('--import', './theirs.cjs', ...OURS, 'main.cjs')
  expect(counts('gen_ai.client.inference.duration')).toBe(3)
  expect(counts('gen_ai.client.embeddings.duration')).toBe(1)
})
