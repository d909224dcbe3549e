import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAgent } from '@llmscope/host-agent'
import { afterEach, expect, test, vi } from 'vitest'
import { AgentProcess, LINUX, recording, SMI_PATH } from './agent-process.ts'
import { OtlpSink } from './otlp-sink.ts'

vi.setConfig({ testTimeout: 60_000 })
const PATIENT = { timeout: 20_000, interval: 20 }

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function openSink(port = 0): Promise<OtlpSink> {
  const sink = await OtlpSink.open(port)
  cleanups.push(() => sink.close())
  return sink
}

function start(args: readonly string[], env: Record<string, string> = {}): AgentProcess {
  const agent = new AgentProcess(['--interval', '200', ...args], {
    PATH: SMI_PATH,
    LLMSCOPE_AGENT_HOST_ROOT: LINUX,
    ...env,
  })
  cleanups.push(() => agent.end('SIGKILL'))
  return agent
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'host-agent-'))
  cleanups.push(() => rmSync(folder, { recursive: true }))
  return folder
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('the host and its GPUs arrive over OTLP/HTTP, interval after interval', async () => {
  const sink = await openSink()
  const agent = start([], {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer abc',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  })
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(2)
  const { path, headers, resource } = sink.last
  expect(path).toBe('/v1/metrics')
  expect(headers).toMatchObject({ authorization: 'Bearer abc', 'content-encoding': 'gzip' })
  expect(resource).toMatchObject({ 'service.name': 'llmscope-host-agent', 'os.type': 'linux' })

  const general = { 'hw.gpu.task': 'general' }
  expect(sink.last.points('hw.gpu.utilization', general).map(({ asDouble }) => asDouble)).toEqual([
    0.97, 0,
  ])
  const cpuTime = sink.last.metrics.find(({ name }) => name === 'system.cpu.time')
  expect(cpuTime?.sum).toMatchObject({ isMonotonic: true, aggregationTemporality: 2 })
  const usage = sink.last.metrics.find(({ name }) => name === 'system.memory.usage')
  expect(usage?.sum).toMatchObject({ isMonotonic: false })
  expect(sink.last.points('host_agent.collector.success').map(({ asDouble }) => asDouble)).toEqual(
    Array.from({ length: 12 }, () => 1),
  )
  const [first, second] = sink.exports.map((each) => each.points('system.uptime')[0])
  const apart = Number(second?.timeUnixNano) - Number(first?.timeUnixNano)
  expect(apart / 1e6).toBeGreaterThan(150)
  expect(agent.stderr).toBe(`host-agent: sends to ${sink.url}/v1/metrics every 0.2 s\n`)
})

test('a hanging nvidia-smi is killed at the deadline and delays nothing else beyond it', async () => {
  const sink = await openSink()
  const pidFile = join(temporaryFolder(), 'pid')
  const agent = start(['--endpoint', sink.url, '--deadline', '150'], { NVIDIA_SMI_HANG: pidFile })
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(2)
  const pid = Number(readFileSync(pidFile, 'utf8'))
  for (const each of sink.exports) {
    expect(each.points('system.memory.limit')).toHaveLength(1)
    const about = { 'host_agent.collector.name': 'nvidia-smi' }
    expect(each.points('host_agent.collector.success', about)[0]?.asDouble).toBe(0)
    expect(each.points('host_agent.collector.duration', about)[0]?.asDouble).toBeLessThan(1)
  }
  expect(agent.stderr.match(/nvidia-smi: failed/g)).toHaveLength(1)
  await agent.end()
  await expect.poll(() => isAlive(pid), PATIENT).toBe(false)
})

test('an endpoint that is away is named once, without a password, and so is its return', async () => {
  const before = await OtlpSink.open()
  await before.close()
  const secret = before.url.replace('//', '//me:secret@')
  const agent = start(['--endpoint', secret, '--collectors', 'uptime'], {
    OTEL_EXPORTER_OTLP_TIMEOUT: '200',
  })
  await expect.poll(() => agent.stderr, PATIENT).toMatch(/cannot send/)
  const sink = await openSink(before.port)
  await expect.poll(() => agent.stderr, PATIENT).toMatch(/again/)
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(2)
  expect(agent.stderr.split('\n')).toEqual([
    `host-agent: sends to ${before.url}/v1/metrics every 0.2 s`,
    `host-agent: cannot send to ${before.url}/v1/metrics, and goes on trying: ` +
      `connect ECONNREFUSED 127.0.0.1:${before.port}`,
    `host-agent: sends to ${before.url}/v1/metrics again`,
    '',
  ])
})

test('an endpoint that refuses is named once, with what it answers', async () => {
  const sink = await openSink()
  sink.status = 401
  const agent = start(['--endpoint', sink.url, '--collectors', 'uptime'])
  await expect.poll(() => sink.refused, PATIENT).toBeGreaterThan(3)
  expect(agent.stderr).toMatch(/goes on trying: Unauthorized\n/)
  sink.status = 200
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(0)
  expect(agent.stderr.match(/cannot send/g)).toHaveLength(1)
})

test('a variable that asks for what the agent does not do is answered', async () => {
  const sink = await openSink()
  const agent = start(['--endpoint', sink.url, '--collectors', 'uptime'], {
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
  })
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(0)
  expect(agent.stderr).toContain('use cumulativetodelta in a Collector')
})

test('nvidia-smi that is installed later is found, and both are said in one line', async () => {
  const sink = await openSink()
  const folder = temporaryFolder()
  const agent = start(['--endpoint', sink.url], {
    PATH: folder,
    NVIDIA_SMI_RECORDING: recording('h100'),
  })
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(1)
  expect(sink.last.points('hw.power')).toEqual([])
  const about = { 'host_agent.collector.name': 'nvidia-smi' }
  expect(sink.last.points('host_agent.collector.success', about)).toEqual([])

  const [stand = ''] = SMI_PATH.split(':')
  symlinkSync('/usr/bin/awk', join(folder, 'awk'))
  symlinkSync(join(stand, 'nvidia-smi'), join(folder, 'nvidia-smi'))
  await expect.poll(() => sink.last.points('hw.power').length, PATIENT).toBe(2)
  expect(agent.stderr.split('\n').slice(1)).toEqual([
    'host-agent: nvidia-smi: nothing to measure on this host: nvidia-smi is not on the PATH',
    'host-agent: nvidia-smi: measured now',
    '',
  ])
})

test('a GPU that is lost is failed under the name that it had, also when it was the last', async () => {
  const sink = await openSink()
  const file = join(temporaryFolder(), 'recording.txt')
  const healthy = readFileSync(recording('h100'), 'utf8')
  writeFileSync(file, healthy)
  start(['--endpoint', sink.url, '--collectors', 'nvidia-smi'], { NVIDIA_SMI_RECORDING: file })
  const inState = (state: string): unknown[] =>
    sink.last
      .points('hw.status', { 'hw.state': state })
      .filter(({ asDouble }) => asDouble === 1)
      .map(({ attributes }) => attributes['hw.id'])
  await expect.poll(() => sink.exports.length && inState('ok'), PATIENT).toHaveLength(2)
  const [first, second] = inState('ok')

  writeFileSync(
    file,
    healthy.replace(/^((?:uuid|memory\.total) = .* ;) .*/gm, '$1 [Unknown Error]'),
  )
  await expect.poll(() => inState('failed'), PATIENT).toEqual([second])
  expect(inState('ok')).toEqual([first])

  writeFileSync(file, '! No devices were found\n')
  await expect.poll(() => inState('failed'), PATIENT).toEqual([first, second])
})

test('a counter starts at boot, and anew when it goes back', async () => {
  const sink = await openSink()
  const root = temporaryFolder()
  cpSync(LINUX, root, { recursive: true })
  start(['--endpoint', sink.url, '--host-root', root, '--collectors', 'network'])
  const received = { 'network.interface.name': 'eth0', 'network.io.direction': 'receive' }
  const io = () => sink.last.points('system.network.io', received)[0]
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(1)
  expect(io()).toMatchObject({ asDouble: 81_234_567_890, startTimeUnixNano: '1790000000000000000' })
  const before = io()?.timeUnixNano

  const file = join(root, 'proc/net/dev')
  writeFileSync(file, readFileSync(file, 'utf8').replace('81234567890', '4096'))
  await expect.poll(() => io()?.asDouble, PATIENT).toBe(4096)
  const restart = io()?.startTimeUnixNano
  expect(Number(restart)).toBeGreaterThanOrEqual(Number(before))
  const count = sink.exports.length
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(count)
  expect(io()?.startTimeUnixNano).toBe(restart)
})

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with status 0', async (signal) => {
  const sink = await openSink()
  const agent = start(['--endpoint', sink.url, '--interval', '60000'])
  await expect.poll(() => sink.exports.length, PATIENT).toBe(1)
  expect(await agent.end(signal)).toMatchObject({ code: 0 })
})

test('it ends in time though nvidia-smi hangs and the endpoint never answers', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  let connections = 0
  silent.on('connection', (socket) => {
    connections += 1
    cleanups.push(() => socket.destroy())
  })
  cleanups.push(() => silent.close())
  const address = silent.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const pidFile = join(temporaryFolder(), 'pid')
  const agent = start(['--endpoint', `http://127.0.0.1:${port}`, '--deadline', '100'], {
    NVIDIA_SMI_HANG: pidFile,
  })
  await expect.poll(() => connections, PATIENT).toBeGreaterThan(0)
  const { code, ms } = await agent.end()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(4000)
})

test('an application can run the agent in its own process', async () => {
  const sink = await openSink()
  const lines: string[] = []
  const options = { url: `${sink.url}/v1/metrics`, intervalMs: 100, collectors: ['self'] }
  const agent = startAgent(options, (line) => lines.push(line))
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(1)
  await agent.stop()
  const [usage] = sink.last.points('process.memory.usage')
  expect(usage?.asDouble).toBeGreaterThan(2 ** 24)
  const [first, last] = [sink.exports[0], sink.last].map(
    (each) => each?.points('process.cpu.time')[0],
  )
  expect(last?.asDouble).toBeGreaterThanOrEqual(first?.asDouble ?? NaN)
  expect(Number(first?.startTimeUnixNano) / 1e6).toBeCloseTo(performance.timeOrigin, 0)
  expect(lines).toEqual([])
})
