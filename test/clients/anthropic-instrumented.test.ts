import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startAnthropicServer } from '../sdk/anthropic-server/server.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { type OtlpSink, startOtlpSink } from '../sdk/otlp-sink.ts'
import { runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const OURS = ['--import', '@llmscope/sdk/register']
const THEIRS = ['--import', './theirs.cjs']

let workspace: Workspace
let server: ScriptedServer
let sink: OtlpSink
beforeAll(async () => {
  workspace = await openWorkspace('anthropic-0.137-instrumented', 'anthropic-instrumented')
})
afterAll(() => workspace.remove())
beforeEach(async () => {
  ;[server, sink] = await Promise.all([startAnthropicServer(), startOtlpSink()])
})
afterEach(() => Promise.all([server.close(), sink.close()]))

test.each([
  ['theirs first', [...THEIRS, ...OURS]],
  ['ours first', [...OURS, ...THEIRS]],
])(
  'of a client that traces itself and has another instrumentation, a call has one span: %s',
  async (_, options) => {
    const run = await runNode(
      workspace.folder,
      [...options, 'main.cjs', server.baseURL],
      exportTo(sink.url),
    )
    expect(run).toMatchObject({ code: 0, stdout: 'msg_ordinary true true\n' })
    const spans = sink.spans.map(({ scope, name }) => `${scope}: ${name}`)
    expect(spans.toSorted()).toEqual([
      '@llmscope/sdk: count_tokens ordinary',
      '@traceloop/instrumentation-anthropic: chat ordinary',
      '@traceloop/instrumentation-anthropic: chat ordinary',
    ])
    const durations = sink.points.filter(
      ({ metric }) => metric === 'gen_ai.client.inference.duration',
    )
    expect(durations.reduce((sum, { count = 0 }) => sum + count, 0)).toBe(2)
    expect(run.stderr.match(/already have spans of @traceloop/g)).toHaveLength(1)
  },
)
