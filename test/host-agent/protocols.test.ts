import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startViewerProcess, type ViewerProcess } from '../viewer/viewer-process.ts'
import { AgentProcess, LINUX, SMI_PATH } from './agent-process.ts'
import { PATIENT } from './delivered.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let viewer: ViewerProcess
beforeAll(async () => {
  viewer = await startViewerProcess()
})
afterAll(() => viewer?.stop())

test.each([
  ['http/json', () => viewer.otlp],
  ['http/protobuf', () => viewer.otlp],
  ['grpc', () => viewer.grpc],
])('a receiver of OTLP understands %s', async (protocol, endpoint) => {
  const agent = new AgentProcess(
    [
      '--interval',
      '200',
      '--collectors',
      'uptime',
      '--protocol',
      protocol,
      '--endpoint',
      endpoint(),
    ],
    {
      PATH: SMI_PATH,
      LLMSCOPE_AGENT_HOST_ROOT: LINUX,
      OTEL_SERVICE_NAME: `by ${protocol}`,
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    },
  )
  try {
    await expect
      .poll(async () => JSON.stringify(await viewer.get('/data/metrics')), PATIENT)
      .toContain(`"by ${protocol}"`)
    expect(agent.stderr).not.toContain('cannot send')
  } finally {
    await agent.end('SIGKILL')
  }
})
