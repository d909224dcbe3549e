import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { type Line, measure, recording, run, values } from './agent-process.ts'

vi.setConfig({ testTimeout: 30_000 })

const GPU = (index: number): string => `GPU-0${index}d1c2b3-0000-4000-8000-00000000000${index}`

/** What the agent makes of a recorded nvidia-smi. */
async function replay(name: string): Promise<{ lines: Line[]; stderr: string }> {
  return measure(['--collectors', 'nvidia-smi'], { NVIDIA_SMI_RECORDING: recording(name) })
}

/** The states that a GPU is in. */
function states(lines: readonly Line[], id: string): unknown[] {
  return lines
    .filter(({ name, value }) => name === 'hw.status' && value === 1)
    .filter(({ attributes }) => attributes['hw.id'] === id)
    .map(({ attributes }) => attributes['hw.state'])
}

test('two H100 are told in base units, and what is idle is 0 rather than missing', async () => {
  const { lines, stderr } = await replay('h100')
  const of = (name: string, attributes = {}): number[] => values(lines, name, attributes)
  expect(stderr).toBe('')
  expect(of('hw.gpu.utilization', { 'hw.gpu.task': 'general' })).toEqual([0.97, 0])
  expect(of('hw.gpu.utilization', { 'hw.gpu.task': 'encoder' })).toEqual([0.12, 0])
  expect(of('gpu.memory.controller.utilization')).toEqual([0.57, 0])
  expect(of('hw.gpu.memory.usage')).toEqual([61_263 * 2 ** 20, 0])
  expect(of('hw.gpu.memory.limit')).toEqual([81_559 * 2 ** 20, 81_559 * 2 ** 20])
  expect(of('hw.gpu.memory.utilization')).toEqual([61_263 / 81_559, 0])
  expect(of('hw.power')).toEqual([631.95, 69.85])
  expect(of('gpu.power.limit', { 'hw.limit_type': 'min' })).toEqual([200, 200])
  expect(of('gpu.clock.frequency', { 'gpu.clock.domain': 'sm' })).toEqual([1_755e6, 345e6])
  expect(of('gpu.clock.limit', { 'gpu.clock.domain': 'memory' })).toEqual([2_619e6, 2_619e6])
  expect(of('gpu.clock.event', { 'gpu.clock.reason': 'sw_power_cap' })).toEqual([1, 0])
  expect(of('gpu.clock.event', { 'gpu.clock.reason': 'idle' })).toEqual([0, 1])
  expect(of('gpu.clock.throttle.time', { 'gpu.clock.reason': 'sw_power_cap' })).toEqual([
    81.234567, 0,
  ])
  expect(of('hw.errors', { 'error.type': 'corrected' })).toEqual([3, 0])
  expect(of('gpu.performance_state')).toEqual([0, 0])
  expect(of('hw.fan.speed_ratio')).toEqual([])
  expect(states(lines, GPU(0))).toEqual(['ok'])
})

test('every point says which GPU it is of; a sensor is a part of its GPU', async () => {
  const { lines } = await replay('h100')
  const gpu = {
    'hw.id': GPU(1),
    'hw.type': 'gpu',
    'hw.vendor': 'NVIDIA',
    'hw.name': 'NVIDIA H100 80GB HBM3',
  }
  const attributes = (name: string): unknown[] =>
    lines.filter((line) => line.name === name).map((line) => line.attributes)
  expect(attributes('hw.power')).toContainEqual(gpu)
  expect(attributes('hw.temperature')).toContainEqual({
    ...gpu,
    'hw.id': `${GPU(1)}/temp/memory`,
    'hw.parent': GPU(1),
    'hw.sensor_location': 'memory',
  })
  expect(attributes('gpu.info')).toContainEqual({
    ...gpu,
    'hw.driver_version': '590.48.01',
    'hw.firmware_version': '96.00.89.00.01',
    'gpu.index': '1',
    'gpu.pci.address': '00000000:2A:00.0',
    'gpu.compute_capability': '9.0',
    'gpu.mig.mode': 'Disabled',
    'gpu.ecc.mode': 'Enabled',
    'gpu.persistence_mode': 'Enabled',
  })
})

test('a board cut into MIG instances has memory and no utilization', async () => {
  const { lines, stderr } = await replay('h100-mig')
  expect(stderr).toBe('')
  expect(values(lines, 'hw.gpu.utilization')).toEqual([])
  expect(values(lines, 'gpu.memory.controller.utilization')).toEqual([])
  expect(values(lines, 'gpu.memory.remapped_rows')).toEqual([])
  expect(values(lines, 'hw.gpu.memory.usage')).toEqual([11_125 * 2 ** 20])
  expect(
    values(lines, 'gpu.memory.remapped_rows.banks', { 'gpu.memory.remap.availability': 'max' }),
  ).toEqual([2560])
})

test('words in place of a number are no point, whatever the words', async () => {
  const { lines } = await replay('rtx-4080')
  const second = { 'hw.id': GPU(1) }
  expect(values(lines, 'hw.errors')).toEqual([])
  expect(values(lines, 'hw.temperature', { 'hw.sensor_location': 'memory' })).toEqual([])
  expect(values(lines, 'hw.fan.speed_ratio')).toEqual([0.3])
  expect(values(lines, 'hw.power')).toEqual([26.2])
  expect(values(lines, 'hw.gpu.utilization', { ...second, 'hw.gpu.task': 'encoder' })).toEqual([])
  expect(values(lines, 'hw.gpu.utilization', { ...second, 'hw.gpu.task': 'general' })).toEqual([0])
  expect(states(lines, GPU(1))).toEqual(['ok'])
})

test('a driver that lacks fields is asked for the others', async () => {
  const { lines, stderr } = await replay('a100-driver-535')
  expect(stderr).toBe('')
  expect(values(lines, 'hw.gpu.utilization')).toEqual([0, 0, 0])
  expect(values(lines, 'gpu.clock.throttle.time')).toEqual([])
  expect(values(lines, 'gpu.clock.event', { 'gpu.clock.reason': 'idle' })).toEqual([1])
  expect(values(lines, 'gpu.memory.remapped_rows', { 'error.type': 'uncorrected' })).toEqual([1])
  expect(values(lines, 'gpu.memory.remapped_rows.pending')).toEqual([1])
  expect(states(lines, GPU(0))).toEqual(['predicted_failure'])
})

test('an old driver tells its clock events by their older name', async () => {
  const { lines } = await replay('t4-driver-470')
  expect(values(lines, 'gpu.clock.event', { 'gpu.clock.reason': 'hw_thermal' })).toEqual([1])
  expect(values(lines, 'gpu.clock.event', { 'gpu.clock.reason': 'sw_power_cap' })).toEqual([0])
  expect(values(lines, 'gpu.memory.retired_pages')).toEqual([2, 1])
  expect(values(lines, 'gpu.performance_state')).toEqual([8])
  expect(states(lines, GPU(0))).toEqual(['degraded'])
})

test('a GPU that fell off its bus is failed, and hides none of the others', async () => {
  const { lines, stderr } = await replay('lost-gpu')
  expect(values(lines, 'hw.power')).toEqual([631.95, 69.85])
  expect(values(lines, 'hw.power', { 'hw.id': GPU(2) })).toEqual([69.85])
  expect([0, 1, 2].map((index) => states(lines, GPU(index)))).toEqual([['ok'], ['failed'], ['ok']])
  expect(values(lines, 'host_agent.collector.success')).toEqual([0])
  expect(stderr).toBe(
    'host-agent: nvidia-smi: failed (it is tried again every time): ' +
      'Unable to determine the device handle for GPU0000:2A:00.0: Unknown Error\n',
  )
})

test.each(['[GPU requires reset]', '[GPU is lost]', 'ERR!'])(
  'a GPU whose memory reads %s is failed',
  async (words) => {
    const text = readFileSync(recording('rtx-4080'), 'utf8')
    const folder = mkdtempSync(join(tmpdir(), 'host-agent-'))
    const file = join(folder, 'recording.txt')
    writeFileSync(file, text.replace(/^memory\.total = .* ;/m, `memory.total = ${words} ;`))
    const { lines } = await measure(['--collectors', 'nvidia-smi'], { NVIDIA_SMI_RECORDING: file })
    rmSync(folder, { recursive: true })
    expect([0, 1].map((index) => states(lines, GPU(index)))).toEqual([['failed'], ['ok']])
  },
)

test('a tool without its driver is a failure that repeats what the tool says', async () => {
  const { lines, stderr } = await replay('no-driver')
  expect(lines.map(({ name }) => name)).toEqual([
    'host_agent.collector.success',
    'host_agent.collector.duration',
  ])
  expect(values(lines, 'host_agent.collector.success')).toEqual([0])
  expect(stderr).toMatch(/couldn't communicate with the NVIDIA driver/)
})

test('a host without a GPU says so in one line, and is no failure', async () => {
  const { stdout, stderr, code } = await run(['--once', '--collectors', 'nvidia-smi'], {
    PATH: '/nonexistent',
  })
  expect(code).toBe(0)
  expect(stdout).not.toMatch(/^[^#]/m)
  expect(stderr).toBe(
    'host-agent: nvidia-smi: nothing to measure on this host: nvidia-smi is not on the PATH\n',
  )
})
