import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type OpenAIServer, startOpenAIServer } from '../sdk/openai-server/server.ts'
import { type OtlpSink, startOtlpSink } from '../sdk/otlp-sink.ts'
import { type Run, runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

let workspace: Workspace
let server: OpenAIServer
let sink: OtlpSink

beforeAll(async () => {
  workspace = await openWorkspace('bundle-esbuild', 'bundle')
  const { code, stderr } = await runNode(workspace.folder, ['build.mjs'])
  if (code !== 0) throw new Error(`esbuild failed: ${stderr}`)
})
afterAll(() => workspace.remove())

beforeEach(async () => {
  ;[server, sink] = await Promise.all([startOpenAIServer(), startOtlpSink()])
})
afterEach(() => Promise.all([server.close(), sink.close()]))

function run(folder: string, ...args: string[]): Promise<Run> {
  return runNode(folder, args, {
    ...exportTo(sink.url),
    OPENAI_BASE_URL: server.baseURL,
    OTEL_METRICS_EXPORTER: 'otlp',
  })
}

function expectAll({ spans, points }: OtlpSink): void {
  expect(spans.map(({ name }) => name).toSorted()).toEqual([
    'chat ordinary:call',
    'chat ordinary:stream',
  ])
  const durations = points.filter(({ metric }) => metric === 'gen_ai.client.inference.duration')
  expect(durations.map(({ count }) => count)).toEqual([1, 1])
}

test.each(['esm/ours.mjs', 'esm/exit.mjs', 'cjs/ours.cjs', 'cjs/exit.cjs', 'esm/own.mjs'])(
  'a minified bundle of an application, its client and our SDK is traced: %s',
  async (bundle) => {
    expect(await run(workspace.folder, bundle)).toEqual({
      code: 0,
      signal: null,
      stdout: '',
      stderr: '',
    })
    expectAll(sink)
  },
)

test('a bundle that holds its OpenTelemetry SDK too needs nothing that is installed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'llmscope-bundle-'))
  try {
    await cp(join(workspace.folder, 'esm/own.mjs'), join(folder, 'own.mjs'))
    expect(await run(folder, 'own.mjs')).toEqual({ code: 0, signal: null, stdout: '', stderr: '' })
    expectAll(sink)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a bundle that exits without flush() is told what to do', async () => {
  const { code, stderr } = await run(workspace.folder, 'esm/exit.mjs', 'in haste')
  expect(code).toBe(0)
  expect(stderr).toContain('an application that is bundled has to await flush() before it exits')
})
