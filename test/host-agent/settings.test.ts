import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { AgentProcess, LINUX, run, SMI_PATH } from './agent-process.ts'
import { freePort, openSink, PATIENT } from './delivered.ts'

vi.setConfig({ testTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'host-agent-settings-'))
const FILE = join(folder, 'agent.yaml')
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  rmSync(FILE, { force: true })
})

function start(env: Record<string, string> = {}): AgentProcess {
  const agent = new AgentProcess(['--config', FILE], {
    PATH: SMI_PATH,
    LLMSCOPE_AGENT_HOST_ROOT: LINUX,
    ...env,
  })
  cleanups.push(() => agent.end('SIGKILL'))
  return agent
}

const write = (lines: readonly string[]): void => writeFileSync(FILE, lines.join('\n'))

test('a file sets what options do; a variable goes before it, and an option before both', async () => {
  const sink = await openSink()
  write([`endpoint: ${sink.url}`, 'interval: 200', 'collectors:', '  - uptime', '  - load'])
  const agent = start({ LLMSCOPE_AGENT_WITHOUT: 'load' })
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(2)
  expect(agent.stderr).toContain('every 0.2 s')
  expect(sink.last.points('system.uptime')).toHaveLength(1)
  expect(sink.last.points('system.cpu.load_average.1m')).toEqual([])
  const { stderr, code } = await run(['--config', FILE, '--interval', '5'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('--interval is "5": write whole')])
})

test('a file may be JSON', async () => {
  const sink = await openSink()
  const settings = { endpoint: sink.url, interval: 200, collectors: ['uptime'] }
  writeFileSync(FILE, JSON.stringify(settings, undefined, 2))
  start()
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(1)
})

test.each<[string[], string]>([
  [['# mine', 'interval: 15s'], 'line 2: interval is "15s": write whole milliseconds'],
  [['intervall: 5000'], 'line 1: there is no setting "intervall": write one of endpoint, protocol'],
  [['interval: 5000', 'interval: 6000'], 'line 2: Map keys must be unique'],
  [['collectors: [cpu, gpu]'], 'line 1: collectors has "gpu": write names out of cpu, memory'],
  [['collectors: [cpu'], 'line 1: '],
  [['', 'endpoint: { url: there }'], 'line 2: endpoint: write a text, a number or a list of them'],
  [['- interval'], 'write one setting a line, such as "interval: 5000"'],
  [['protocol: http'], 'line 1: protocol is "http": write http/json or http/protobuf or grpc'],
  [['headers-file: /nowhere'], 'line 1: headers-file is "/nowhere", and there is no such file'],
  [['health: everywhere'], 'line 1: health is "everywhere": write a port such as 13134'],
])('a file with %j is refused with the place of what is wrong', async (lines, message) => {
  write(lines)
  const { stderr, code } = await run(['--config', FILE])
  expect(code).toBe(2)
  expect(stderr).toContain(`host-agent: ${FILE}`)
  expect(stderr).toContain(message)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test('a file that is not there is named', async () => {
  const { stderr, code } = await run([], { LLMSCOPE_AGENT_CONFIG: FILE })
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining(`the settings in ${FILE}: Error: ENOENT`),
  ])
})

test('SIGHUP has the settings read again; wrong ones leave it as it was', async () => {
  const [first, second] = [await openSink(), await openSink()]
  const rest = ['interval: 200', 'collectors: uptime']
  write([`endpoint: ${first.url}`, ...rest])
  const agent = start()
  await expect.poll(() => first.exports.length, PATIENT).toBeGreaterThan(1)

  write(['interval: soon'])
  agent.child.kill('SIGHUP')
  await expect.poll(() => agent.stderr, PATIENT).toMatch(/keeps its settings: .*"soon"/)
  const before = first.exports.length
  await expect.poll(() => first.exports.length, PATIENT).toBeGreaterThan(before)

  write([`endpoint: ${second.url}`, ...rest])
  agent.child.kill('SIGHUP')
  await expect.poll(() => second.exports.length, PATIENT).toBeGreaterThan(1)
  expect(agent.stderr).toContain(`sends to ${second.url}/v1/metrics`)
  expect((await agent.end()).code).toBe(0)
})

test('--list says of each collector whether it works here, and why not', async () => {
  const { stdout, code } = await run(['--list'], {
    PATH: '/nowhere',
    LLMSCOPE_AGENT_HOST_ROOT: LINUX,
  })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^uptime +works +1 metrics, 1 points$/m)
  expect(stdout).toMatch(/^nvml +absent +there is no/m)
  expect(stdout).toMatch(/^nvidia-smi +absent +nvidia-smi is not on the PATH$/m)
})

test('the health of the agent is told: whether it measures, sends, and what it measured last', async () => {
  const [sink, port] = [await openSink(), await freePort()]
  write([`endpoint: ${sink.url}`, 'interval: 200', 'collectors: uptime', `health: ${port}`])
  const agent = start()
  const ask = async (path: string): Promise<[number, string]> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`)
    return [response.status, await response.text()]
  }
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(0)
  expect(agent.stderr).toContain(`answers on http://127.0.0.1:${port}/healthz`)
  expect(await ask('/healthz')).toEqual([200, 'ok\n'])
  expect(await ask('/readyz')).toEqual([200, 'ok\n'])
  const [, metrics] = await ask('/metrics')
  expect(metrics).toMatch(/^system_uptime(_seconds)?(\{[^}]*\})? [\d.]+/m)
  expect((await ask('/else'))[0]).toBe(404)

  sink.status = 503
  await expect
    .poll(() => ask('/readyz'), PATIENT)
    .toEqual([503, expect.stringMatching(/^cannot send to/)])
  expect((await ask('/healthz'))[0]).toBe(200)
})
