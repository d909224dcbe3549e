import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { AgentProcess, run } from './agent-process.ts'

vi.setConfig({ testTimeout: 30_000 })

test('--help tells every option with its variable, and the names of the collectors', async () => {
  const { stdout, code } = await run(['--help'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/--interval +OTEL_METRIC_EXPORT_INTERVAL\n/)
  expect(stdout).toContain(
    'cpu,memory,paging,disk,filesystem,network,load,uptime,pressure,containers,self,nvml,nvidia-smi',
  )
})

test.each<[string[], Record<string, string>, string]>([
  [
    [],
    { OTEL_METRIC_EXPORT_INTERVAL: '15s' },
    'OTEL_METRIC_EXPORT_INTERVAL is "15s": write whole milliseconds from 100 to 86400000, such as 15000',
  ],
  [
    ['--deadline', '0'],
    {},
    '--deadline is "0": write whole milliseconds from 100 to 86400000, such as 10000',
  ],
  [
    [],
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
    'OTEL_EXPORTER_OTLP_ENDPOINT is "collector:4318": write the address of an OTLP/HTTP receiver, such as http://localhost:4318',
  ],
  [
    [],
    { LLMSCOPE_AGENT_WITHOUT: 'cpu,gpu' },
    'LLMSCOPE_AGENT_WITHOUT has "gpu": write names out of cpu, memory, paging, disk, filesystem, network, load, uptime, pressure, containers, self, nvml, nvidia-smi',
  ],
  [
    ['--host-root', '/hostsf'],
    {},
    '--host-root is "/hostsf", and there is no /hostsf/proc: write the folder that the root of the host is mounted at, such as /hostfs',
  ],
  [
    [],
    { LLMSCOPE_AGENT_HOST_ROOT: '/etc' },
    'LLMSCOPE_AGENT_HOST_ROOT is "/etc", and there is no /etc/proc: write',
  ],
  [
    ['--without', 'cpu,load'],
    { LLMSCOPE_AGENT_COLLECTORS: 'load,cpu' },
    '--without is "cpu,load", which leaves nothing to measure: keep one of load, cpu',
  ],
  [['--json'], {}, '--json is for --once: write --once --json'],
  [['--intervall', '5'], {}, "Unknown option '--intervall'"],
])('%j with %j is refused with the name of what is wrong', async (args, env, message) => {
  const { stdout, stderr, code } = await run(args, env)
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain(`host-agent: ${message}`)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test('--once ends quietly when nobody reads it', async () => {
  const agent = new AgentProcess(['--once', '--collectors', 'uptime'], {})
  agent.child.stdout?.destroy()
  await once(agent.child, 'close')
  expect(agent.stderr).toBe('')
})

test('the program says that it must be built, and runs what was built', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'host-agent-'))
  const bin = join(folder, 'bin/host-agent.js')
  cpSync(fileURLToPath(new URL('../../host-agent/bin', import.meta.url)), join(folder, 'bin'), {
    recursive: true,
  })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const start = async (): Promise<unknown> => promisify(execFile)(process.execPath, [bin])
  await expect(start()).rejects.toMatchObject({
    code: 1,
    stderr: 'host-agent: it is not built yet: run `npm run build` first\n',
  })
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'dist/main.js'), 'process.stdout.write("built")')
  expect(await start()).toMatchObject({ stdout: 'built' })
  rmSync(folder, { recursive: true })
})

test('on a Node.js that is too old, the program says which one it needs', async () => {
  const bin = fileURLToPath(new URL('../../host-agent/bin/host-agent.js', import.meta.url))
  const older = 'Object.defineProperty(process.versions, "node", { value: "20.20.2" })'
  const args = ['--import', `data:text/javascript,${encodeURIComponent(older)}`, bin, '--help']
  await expect(promisify(execFile)(process.execPath, args)).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'host-agent: it needs Node.js 22.15 or newer, and this is 20.20.2\n',
  })
})
