import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startOpenAIServer } from '../sdk/openai-server/server.ts'
import type { ScriptedServer } from '../sdk/scripted-server/server.ts'
import { type OtlpSink, startOtlpSink } from '../sdk/otlp-sink.ts'
import { type Run, runNode } from './child.ts'
import { exportTo } from './observation.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const OURS = ['--import', '@llmscope/sdk/register']
const WITHOUT_SENTRY =
  "Sentry.init({ integrations: (all) => all.filter(({ name }) => name !== 'OpenAI') })"

/** What the agents of vendors call their spans of a call, as the programs print it. */
const SPANS = { datadog: 'openai.request', sentry: 'auto.ai.openai' }

let server: ScriptedServer
let sink: OtlpSink
beforeEach(async () => {
  ;[server, sink] = await Promise.all([startOpenAIServer(), startOtlpSink()])
})
afterEach(() => Promise.all([server.close(), sink.close()]))

function runIn({ folder }: Workspace, args: string[], env: Record<string, string>): Promise<Run> {
  return runNode(folder, [...args, server.baseURL], {
    ...exportTo(sink.url),
    LLMSCOPE_REPORT: '1',
    ...env,
  })
}

describe('agents with traces of their own', () => {
  let workspace: Workspace
  beforeAll(async () => {
    workspace = await openWorkspace('openai-7-agents', 'agents')
  })
  afterAll(() => workspace.remove())

  const run = (program: string, env: Record<string, string> = {}): Promise<Run> =>
    runIn(workspace, [...OURS, `${program}.cjs`], env)

  test.each([
    ['datadog', 'dd-trace', 'DD_TRACE_OPENAI_ENABLED=false', { DD_TRACE_OPENAI_ENABLED: 'false' }],
    ['sentry', '@sentry/node', WITHOUT_SENTRY, { WITHOUT: 'OpenAI' }],
  ] as const)(
    '%s traces a call beside us, and what keeps it from that is told',
    async (...agent) => {
      const [program, name, optOut, without] = agent
      const { code, stdout, stderr } = await run(program)
      expect({ code, stdout }).toEqual({ code: 0, stdout: SPANS[program] })
      expect(sink.spans.map((span) => span.name)).toEqual(['chat ordinary'])
      expect(stderr).toContain(
        `also traced  openai by ${name}, in traces of its own; not so with ${optOut}\n`,
      )
      expect(await run(program, without)).toMatchObject({ code: 0, stdout: '' })
      expect(sink.spans.map((span) => span.name)).toEqual(['chat ordinary', 'chat ordinary'])
    },
  )

  test('the doctor finds them installed', async () => {
    const doctor = ['../node_modules/@llmscope/sdk/bin/llmscope.js', 'doctor', 'datadog.cjs']
    const { stdout } = await runIn(workspace, doctor, {})
    expect(stdout).toContain('ok dd-trace is installed: it traces openai as well')
    expect(stdout).toContain('ok @sentry/node is installed: it traces openai as well')
    expect(stdout).toContain('ok also traced: openai by dd-trace')
  })
})

describe('an agent that is the OpenTelemetry SDK of the application', () => {
  let workspace: Workspace
  beforeAll(async () => {
    workspace = await openWorkspace('openai-6-sentry', 'agents')
  })
  afterAll(() => workspace.remove())

  test('keeps its span of a call, which has no other', async () => {
    const { code, stdout, stderr } = await runIn(workspace, [...OURS, 'sentry.cjs'], {})
    expect({ code, stdout }).toEqual({ code: 0, stdout: SPANS.sentry })
    expect(stderr).toMatch(/other spans +openai has those of @sentry\/node\n/)
    expect(stderr).toContain(`take that instrumentation out (${WITHOUT_SENTRY})`)
    expect(stderr).not.toContain('also traced')
    expect(stderr).toContain('it takes no metrics: no MeterProvider is registered\n')
  })

  test('has ours, where it is told to leave the client alone', async () => {
    const env = { WITHOUT: 'OpenAI' }
    expect((await runIn(workspace, [...OURS, 'sentry.cjs'], env)).stdout).toBe('manual')
  })
})
