import { readFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { AgentProcess, LINUX, SMI_PATH } from '../agent-process.ts'
import { OtlpSink } from '../otlp-sink.ts'
import { FakeNvml, healthy, uuid } from './fake.ts'

vi.setConfig({ testTimeout: 60_000 })
const PATIENT = { timeout: 30_000, interval: 20 }

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

interface Watched {
  readonly agent: AgentProcess
  readonly fake: FakeNvml
  readonly sink: OtlpSink
  /** The newest value of the metric for the GPU. */
  readonly value: (name: string, gpu?: number) => number | undefined
  /** The state that the GPU is in. */
  readonly state: (gpu: number) => unknown
  /** The process that calls the driver; undefined where there is none. */
  readonly driverPid: () => number | undefined
}

async function watch(lines: readonly string[], ...args: string[]): Promise<Watched> {
  const sink = await OtlpSink.open()
  cleanups.push(() => sink.close())
  const fake = new FakeNvml(590, lines)
  cleanups.push(() => fake.remove())
  const agent = new AgentProcess(
    ['--interval', '200', '--endpoint', sink.url, '--collectors', 'nvml,uptime', ...args],
    { PATH: SMI_PATH, LLMSCOPE_AGENT_HOST_ROOT: LINUX, ...fake.env },
  )
  cleanups.push(() => agent.end('SIGKILL'))
  const value = (name: string, gpu = 0): number | undefined =>
    sink.exports.at(-1)?.points(name, { 'hw.id': uuid(gpu) })[0]?.asDouble
  const state = (gpu: number): unknown =>
    sink.exports
      .at(-1)
      ?.points('hw.status', { 'hw.id': uuid(gpu) })
      .find(({ asDouble }) => asDouble === 1)?.attributes['hw.state']
  return { agent, fake, sink, value, state, driverPid: () => childOf(agent.child.pid) }
}

function childOf(pid: number | undefined): number | undefined {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return children === '' ? undefined : Number(children.split(' ')[0])
}

const isAlive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}

test('an error of the driver is counted by code, and told once as a log record', async () => {
  const { fake, sink, value, state } = await watch(healthy(2))
  await expect.poll(() => value('hw.power'), PATIENT).toBe(631.95)
  expect(sink.last.points('gpu.xid.events')).toEqual([])

  fake.add('xid 0 31', 'xid 0 31', 'xid 1 79')
  await expect.poll(() => value('gpu.xid.events', 0), PATIENT).toBe(2)
  expect(sink.last.points('gpu.xid.events')).toMatchObject([
    { attributes: { 'gpu.xid.code': 31, 'gpu.xid.severity': 'restart_application' } },
    { asDouble: 1, attributes: { 'gpu.xid.code': 79, 'gpu.xid.severity': 'restart_machine' } },
  ])
  expect([state(0), state(1)]).toEqual(['ok', 'failed'])
  expect(value('hw.power', 0)).toBe(631.95)
  await expect.poll(() => sink.records.length, PATIENT).toBe(3)
  expect(sink.records[2]).toMatchObject({
    eventName: 'gpu.xid',
    severityText: 'FATAL',
    body: { stringValue: 'XID 79 on GPU 1: GPU has fallen off the bus' },
    attributes: { 'hw.id': uuid(1), 'gpu.xid.code': 79 },
  })
})

test('a driver that never answers stops nothing else, is named, and its process is ended', async () => {
  const { agent, fake, sink, value, driverPid } = await watch(healthy(2), '--patience', '6000')
  await expect.poll(() => value('hw.power'), PATIENT).toBe(631.95)
  const wedged = driverPid()

  fake.add('sleep 1 nvmlDeviceGetPowerUsage 30000')
  const stalled = (): unknown[] =>
    sink.last.points('host_agent.driver.stalled').map(({ attributes }) => attributes)
  await expect
    .poll(stalled, PATIENT)
    .toEqual([{ 'host_agent.collector.name': 'nvml', 'host_agent.driver.call': 'power of GPU 1' }])
  const before = sink.exports.length
  await expect.poll(() => isAlive(wedged), PATIENT).toBe(false)
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(before + 2)
  expect(sink.last.points('system.uptime')).toHaveLength(1)
  expect(sink.last.points('hw.power')).toEqual([])
  expect(driverPid()).toBe(undefined)
  expect(agent.stderr).toMatch(
    /the driver has not answered for 6 s \(power of GPU 1\): its process \d+ is ended\n/,
  )
  expect(
    agent.stderr.match(/nvml: failed .* the driver does not answer: power of GPU 1\n/g),
  ).toHaveLength(1)
})

test('an agent ends in time though its driver never answers', async () => {
  const { agent, fake, value, driverPid } = await watch(healthy(1))
  await expect.poll(() => value('hw.power'), PATIENT).toBe(631.95)
  fake.add('sleep 0 nvmlDeviceGetPowerUsage 30000')
  await expect.poll(() => agent.stderr, PATIENT).toMatch(/does not answer/)
  const wedged = driverPid()
  const { code, ms } = await agent.end()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(4000)
  await expect.poll(() => isAlive(wedged), PATIENT).toBe(false)
})

test('a driver that breaks its process costs its own points, and is tried again later', async () => {
  const { agent, fake, sink, value } = await watch(healthy(1))
  await expect.poll(() => value('hw.power'), PATIENT).toBe(631.95)
  fake.add('crash 0 nvmlDeviceGetPowerUsage')
  await expect.poll(() => value('hw.power'), PATIENT).toBe(undefined)
  expect(sink.last.points('system.uptime')).toHaveLength(1)
  await expect
    .poll(() => agent.stderr, PATIENT)
    .toMatch(/the process for the driver ended by SIGSEGV \(power of GPU 0\)/)
  fake.drop('crash')
  await expect.poll(() => value('hw.power'), PATIENT).toBe(631.95)
  expect(agent.stderr).toMatch(/nvml: measured now\n/)
})

test('a driver that is replaced is loaded anew, and its counters start anew', async () => {
  const { agent, fake, sink, value, driverPid } = await watch(healthy(1))
  await expect.poll(() => value('hw.energy'), PATIENT).toBe(9e9)
  const old = driverPid()
  const seen = sink.last.points('hw.energy')[0]?.timeUnixNano

  fake.add('return 0 nvmlDeviceGetUtilizationRates 18')
  await expect.poll(() => agent.stderr, PATIENT).toMatch(/of different versions \(18\)/)
  await expect.poll(() => isAlive(old), PATIENT).toBe(false)
  fake.drop('return')
  fake.add('set -1 energy 5000', 'set -1 pcie.replay 0')
  await expect.poll(() => value('hw.energy'), PATIENT).toBe(5)
  expect(driverPid()).not.toBe(old)
  const [energy] = sink.last.points('hw.energy')
  expect(Number(energy?.startTimeUnixNano)).toBeGreaterThanOrEqual(Number(seen))
  expect(value('gpu.pcie.errors')).toBe(0)
})

test('SIGUSR1 lets go of the driver, and the next one takes it up again', async () => {
  const { agent, sink, value, driverPid } = await watch(healthy(1))
  await expect.poll(() => value('hw.power'), PATIENT).toBe(631.95)
  agent.child.kill('SIGUSR1')
  await expect.poll(driverPid, PATIENT).toBe(undefined)
  const before = sink.exports.length
  await expect.poll(() => sink.exports.length, PATIENT).toBeGreaterThan(before + 3)
  expect(driverPid()).toBe(undefined)
  expect(sink.last.points('system.uptime')).toHaveLength(1)
  agent.child.kill('SIGUSR1')
  await expect.poll(() => value('hw.power'), PATIENT).toBe(631.95)
  expect(agent.stderr).toMatch(/lets go of the GPU driver until SIGUSR1 comes again\n/)
})

test('the process that calls the driver does not outlive the agent', async () => {
  const { agent, value, driverPid } = await watch(healthy(1))
  await expect.poll(() => value('hw.power'), PATIENT).toBe(631.95)
  const orphan = driverPid()
  await agent.end('SIGKILL')
  await expect.poll(() => isAlive(orphan), PATIENT).toBe(false)
})

test('nvidia-smi is asked only where there is no library', async () => {
  const { sink, value } = await watch(healthy(1), '--collectors', 'nvml,nvidia-smi')
  await expect.poll(() => value('hw.power'), PATIENT).toBe(631.95)
  const names = sink.last
    .points('host_agent.collector.success')
    .map(({ attributes }) => attributes['host_agent.collector.name'])
  expect(names).toEqual(['nvml'])
})
