import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startAnthropicServer } from '../sdk/anthropic-server/server.ts'
import { startOpenAIServer } from '../sdk/openai-server/server.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { type OtlpSink, startOtlpSink } from '../sdk/otlp-sink.ts'
import { runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const REGISTER = ['--import', '@llmscope/sdk/register']
const OWN = ['--import', './preload.cjs']

let environment: OtlpSink
let application: OtlpSink
beforeEach(async () => {
  ;[environment, application] = await Promise.all([startOtlpSink(), startOtlpSink()])
})
afterEach(() => Promise.all([environment.close(), application.close()]))

describe.each([
  ['otel-2', 'openai', startOpenAIServer],
  ['otel-3', 'openai', startOpenAIServer],
  // a client that traces itself
  ['anthropic-1-otel-2', 'anthropic', startAnthropicServer],
])("the application's %s", (install, client, startServer) => {
  let workspace: Workspace
  let server: ScriptedServer
  beforeAll(async () => {
    workspace = await openWorkspace(install, 'application-sdk', 'processes')
    server = await startServer()
  })
  afterAll(() => Promise.all([workspace.remove(), server.close()]))

  describe.each(['main.mjs', 'main.cjs'])('in %s', (entry) => {
    test.each([
      ['started before ours', [...OWN, ...REGISTER], []],
      ['started after ours, before the application', [...REGISTER, ...OWN], []],
      ['started by the application', REGISTER, ['own']],
    ])('%s gets every span and metric, once', async (_, options, args) => {
      await run(entry, options, args)
      expectAll(application)
      expect(environment.received).toBe('')
    })

    test('never started leaves everything to the standard variables', async () => {
      await run(entry, REGISTER, [])
      expectAll(environment)
      expect(application.received).toBe('')
    })
    test('never started has sent everything when the process exits', async () => {
      await run(entry, REGISTER, ['', 'exit'])
      expectAll(environment)
      expect(application.received).toBe('')
    })

    test('has sent everything after flush()', async () => {
      await run(entry, REGISTER, ['own', 'flush'])
      expectAll(application)
      expect(environment.received).toBe('')
    })
  })

  async function run(entry: string, options: string[], args: string[]): Promise<void> {
    const ended = await runNode(
      workspace.folder,
      [...options, entry, client, server.baseURL, ...args],
      { ...exportTo(environment.url), APPLICATION_SINK: application.url },
    )
    expect(ended).toEqual({ code: 0, signal: null, stdout: '', stderr: '' })
  }
})

function expectAll({ spans, points }: OtlpSink): void {
  const names = spans.map(({ name }) => name)
  expect(names.toSorted()).toEqual(['application', 'chat ordinary:call', 'chat ordinary:stream'])
  const parent = spans.find(({ name }) => name === 'application')
  for (const span of spans.filter(({ name }) => name !== 'application')) {
    expect(span).toMatchObject({ traceId: parent?.traceId, parentSpanId: parent?.spanId })
  }
  const durations = points.filter(({ metric }) => metric === 'gen_ai.client.inference.duration')
  expect(durations.map(({ count }) => count)).toEqual([1, 1])
}
