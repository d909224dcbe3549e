import { afterEach, expect, test, vi } from 'vitest'
import { type Line, measure, values } from '../agent-process.ts'
import { type Branch, FakeNvml, healthy, uuid } from './fake.ts'

vi.setConfig({ testTimeout: 60_000 })

const fakes: FakeNvml[] = []
afterEach(() => {
  for (const fake of fakes.splice(0)) fake.remove()
})

/** What the agent makes of a driver that answers so. */
async function read(
  lines: readonly string[],
  branch: Branch = 590,
): Promise<{ lines: Line[]; stderr: string; of: (name: string, about?: object) => number[] }> {
  const fake = new FakeNvml(branch, lines)
  fakes.push(fake)
  const measured = await measure(['--collectors', 'nvml'], fake.env)
  return { ...measured, of: (name, about = {}) => values(measured.lines, name, { ...about }) }
}

const first = { 'hw.id': uuid(0) }
const second = { 'hw.id': uuid(1) }

function states(lines: readonly Line[], gpu: number): unknown[] {
  return lines
    .filter(({ name, value }) => name === 'hw.status' && value === 1)
    .filter(({ attributes }) => attributes['hw.id'] === uuid(gpu))
    .map(({ attributes }) => attributes['hw.state'])
}

test('a driver is read through its library, in base units, and what is idle is 0', async () => {
  const { lines, of, stderr } = await read([...healthy(2), 'set 1 gpu 0', 'set 1 power 69850'])
  expect(stderr).toBe('')
  expect(of('hw.gpu.utilization', { 'hw.gpu.task': 'general' })).toEqual([0.97, 0])
  expect(of('hw.gpu.utilization', { ...first, 'hw.gpu.task': 'encoder' })).toEqual([0.12])
  expect(of('hw.gpu.utilization', { ...first, 'hw.gpu.task': 'ofa' })).toEqual([0.03])
  expect(of('gpu.memory.controller.utilization', first)).toEqual([0.57])
  expect(of('hw.gpu.memory.usage', first)).toEqual([61_263 * 2 ** 20])
  expect(of('hw.gpu.memory.limit', first)).toEqual([81_559 * 2 ** 20])
  expect(of('hw.gpu.memory.utilization', first)).toEqual([61_263 / 81_559])
  expect(of('gpu.memory.reserved', first)).toEqual([479 * 2 ** 20])
  expect(of('gpu.memory.bar1.usage', first)).toEqual([3 * 2 ** 20])
  expect(of('hw.power')).toEqual([631.95, 69.85])
  expect(of('hw.energy', first)).toEqual([9e9])
  expect(of('gpu.power.limit', { ...first, 'hw.limit_type': 'min' })).toEqual([200])
  expect(of('gpu.clock.frequency', { ...first, 'gpu.clock.domain': 'memory' })).toEqual([2_619e6])
  expect(of('gpu.clock.limit', { ...first, 'gpu.clock.domain': 'sm' })).toEqual([1_980e6])
  expect(of('gpu.clock.event', { ...first, 'gpu.clock.reason': 'sw_power_cap' })).toEqual([1])
  expect(of('hw.temperature', { 'hw.parent': uuid(0), 'hw.sensor_location': 'memory' })).toEqual([
    74,
  ])
  expect(
    of('hw.temperature.limit', { 'hw.parent': uuid(0), 'hw.limit_type': 'throttled' }),
  ).toEqual([89])
  expect(of('hw.errors', { ...first, 'error.type': 'corrected' })).toEqual([3])
  expect(of('gpu.memory.remapped_rows', { ...first, 'error.type': 'uncorrected' })).toEqual([1])
  expect(of('gpu.performance_state', first)).toEqual([0])
  expect([0, 1].map((gpu) => states(lines, gpu))).toEqual([['ok'], ['ok']])
  expect(lines.find(({ name }) => name === 'gpu.info')?.attributes).toEqual({
    ...first,
    'hw.type': 'gpu',
    'hw.vendor': 'NVIDIA',
    'hw.name': 'NVIDIA H100 80GB HBM3',
    'hw.driver_version': '590.48.01',
    'hw.firmware_version': '96.00.89.00.01',
    'gpu.index': '0',
    'gpu.pci.address': '00000000:0A:00.0',
    'gpu.compute_capability': '9.0',
    'gpu.cuda_version': '13.1',
    'gpu.mig.mode': 'Disabled',
    'gpu.ecc.mode': 'Enabled',
    'gpu.persistence_mode': 'Enabled',
  })
})

test('links are counted in bytes, whatever the generation counts in', async () => {
  const sum = 4_294_967_295
  const blackwell = [
    'field 1 202 4294967295 3 5000',
    'field 1 204 4294967295 3 6000',
    'field 1 206 4294967295 3 4',
  ]
  const older = healthy(2).filter((line) => !/^field -1 (138|139|38) /.test(line))
  const hopper = [`field 0 138 ${sum} 3 2048`, `field 0 139 ${sum} 3 1024`, `field 0 38 ${sum} 3 2`]
  const { of } = await read([...older, ...hopper, ...blackwell])
  const sent = { 'network.io.direction': 'transmit' }
  expect(of('gpu.interconnect.io', { ...first, ...sent })).toEqual([2048 * 1024])
  expect(of('gpu.interconnect.io', { ...second, ...sent })).toEqual([5000])
  expect(of('gpu.interconnect.errors', { ...first, 'error.type': 'crc_flit' })).toEqual([2])
  expect(of('gpu.interconnect.errors', { ...second, 'error.type': 'malformed' })).toEqual([4])
  expect(of('gpu.interconnect.links.active')).toEqual([17, 17])
  expect(of('hw.gpu.io', { ...first, ...sent })).toEqual([4e9])
  expect(of('gpu.pcie.errors', { ...first, 'error.type': 'replay' })).toEqual([7])
})

// The same numbers of fields mean something else from one driver to the next.
const EVERY_FIELD = [251, 252, 253, 269, 270, 271].map((id) => `field -1 ${id} 0 3 ${id}000000000`)

test.each([
  { branch: 470, reasons: { thermal: 11 } },
  { branch: 535, reasons: { thermal: 11 } },
  { branch: 580, reasons: { sw_thermal: 251, hw_thermal: 252, hw_power_brake: 253 } },
  { branch: 590, reasons: { sw_thermal: 269, hw_thermal: 270, hw_power_brake: 271 } },
] as const)('driver $branch is asked for what it has', async ({ branch, reasons }) => {
  const scenario = healthy(1).map((line) => line.replace('590.48.01', `${branch}.48.01`))
  const violations = ['set -1 violation1 11000000000', 'set -1 violation0 81234567000']
  const { lines, of, stderr } = await read([...scenario, ...EVERY_FIELD, ...violations], branch)
  expect(stderr).toBe('')
  const throttled = lines.filter(({ name }) => name === 'gpu.clock.throttle.time')
  expect(
    Object.fromEntries(
      throttled.map(({ attributes, value }) => [attributes['gpu.clock.reason'], value]),
    ),
  ).toEqual({ sw_power_cap: 81.234567, sync_boost: 0, ...reasons })
  expect(of('gpu.clock.event', { 'gpu.clock.reason': 'sw_power_cap' })).toEqual([1])
  const isNew = branch >= 535
  const reserved = (isNew ? 0 : 479) * 2 ** 20
  expect(of('hw.gpu.memory.usage')).toEqual([61_263 * 2 ** 20 + reserved])
  expect(of('gpu.memory.reserved')).toHaveLength(isNew ? 1 : 0)
  expect(of('hw.gpu.utilization', { 'hw.gpu.task': 'jpeg' })).toHaveLength(isNew ? 1 : 0)
  expect(of('hw.power')).toEqual([631.95])
})

test('throttle times that a driver counts in microseconds are told in seconds too', async () => {
  const { of } = await read([
    ...healthy(1),
    'field -1 74 0 3 81234567',
    'set -1 violation0 81234567000',
  ])
  expect(of('gpu.clock.throttle.time', { 'gpu.clock.reason': 'sw_power_cap' })).toEqual([81.234567])
})

test('what a GPU does not have is no point, and what is refused is said once', async () => {
  const refused = ['return -1 nvmlDeviceGetMemoryInfo_v2 25', 'return 1 nvmlDeviceGetPowerUsage 4']
  const missing = ['temperature0', 'energy', 'ecc0.1', 'ecc1.1', 'pstate', 'clock3']
  const scenario = healthy(2).filter(
    (line) => !missing.some((key) => line.startsWith(`set -1 ${key} `)),
  )
  const { of, stderr } = await read([...scenario, ...refused])
  expect(of('hw.temperature', { 'hw.sensor_location': 'gpu' })).toEqual([])
  expect(of('hw.energy')).toEqual([])
  expect(of('hw.errors')).toEqual([])
  expect(of('gpu.performance_state')).toEqual([])
  expect(of('gpu.clock.frequency', { ...first, 'gpu.clock.domain': 'video' })).toEqual([])
  expect(of('gpu.clock.frequency', first)).toHaveLength(3)
  expect(of('hw.gpu.memory.usage')).toEqual([61_742 * 2 ** 20, 61_742 * 2 ** 20])
  expect(of('hw.power')).toEqual([631.95])
  expect(stderr).toBe(
    'host-agent: nvmlDeviceGetPowerUsage is not permitted: run the agent with more rights to measure it\n',
  )
})

test('GPUs of eight that are lost are failed, and hide none of the others', async () => {
  const lost = [
    'return 3 nvmlDeviceGetUtilizationRates 15',
    'return 4 nvmlDeviceGetSupportedEventTypes 15',
    'return 4 nvmlDeviceGetUtilizationRates 15',
    'return 5 nvmlDeviceGetHandleByIndex_v2 15',
  ]
  const { lines, of } = await read([...healthy(8), ...lost])
  expect(of('hw.power')).toHaveLength(5)
  expect(of('hw.power', { 'hw.id': uuid(3) })).toEqual([])
  const all = [0, 1, 2, 3, 4, 5, 6, 7].map((gpu) => states(lines, gpu))
  expect(all.filter(([state]) => state === 'ok')).toHaveLength(5)
  expect([all[3], all[4]]).toEqual([['failed'], ['failed']])
  // What was never seen alive has no name but its number.
  expect(of('hw.status', { 'hw.id': 'nvidia-5', 'hw.state': 'failed' })).toEqual([1])
  expect(of('host_agent.collector.success')).toEqual([1])
})

test('a GPU is in the worst state that anything says', async () => {
  const cases: [string, ...string[]][] = [
    ['degraded', 'set 0 reasons 72'],
    ['degraded', 'field 1 230 0 1 1'],
    ['degraded', 'set 2 pcie.width 8'],
    ['ok', 'set 3 pcie.width 8', 'set 3 gpu 0'],
    ['predicted_failure', 'set 4 rows.pending 1', 'set 4 reasons 72'],
    ['predicted_failure', 'field 5 31 0 1 1'],
    ['predicted_failure', 'return 6 nvmlDeviceGetPowerUsage 14'],
    ['failed', 'field 7 230 0 1 2', 'set 7 rows.pending 1'],
  ]
  const extra = cases.flatMap(([, ...lines]) => lines)
  const { lines } = await read([...healthy(cases.length), ...extra])
  const seen = cases.map((_each, gpu) => states(lines, gpu))
  expect(seen).toEqual(cases.map(([state]) => [state]))
})

test('a GPU in MIG mode has its instances, each with its own id', async () => {
  const scenario = healthy(1).filter((line) => !/^set -1 (gpu|encoder|decoder) /.test(line))
  const { of, lines } = await read([
    ...scenario,
    'set 0 mig 1',
    'set 0 mig.max 7',
    'text 0 mig.name NVIDIA H100 80GB HBM3 MIG 1g.10gb',
    'mig 0 0 MIG-a 7 0 1000000',
    'mig 0 3 MIG-b 9 0 2000000',
  ])
  expect(of('hw.gpu.memory.usage')).toEqual([61_263 * 2 ** 20, 1_000_000, 2_000_000])
  expect(of('hw.gpu.utilization', { 'hw.gpu.task': 'general' })).toEqual([])
  const instance = lines.find(({ attributes }) => attributes['hw.id'] === 'MIG-b')
  expect(instance?.attributes).toEqual({
    'hw.id': 'MIG-b',
    'hw.parent': uuid(0),
    'hw.type': 'gpu',
    'hw.vendor': 'NVIDIA',
    'hw.name': 'NVIDIA H100 80GB HBM3 MIG 1g.10gb',
    'gpu.mig.profile': '1g.10gb',
    'gpu.mig.gpu_instance.id': 9,
    'gpu.mig.compute_instance.id': 0,
  })
})

test('sixteen GPUs are read within one round', async () => {
  const { of } = await read(healthy(16))
  expect(of('hw.power')).toHaveLength(16)
  expect(of('host_agent.collector.duration')[0]).toBeLessThan(2)
})

test('a library that is not there, and one that is none, are said and are no failure', async () => {
  const { lines, stderr } = await measure(['--collectors', 'nvml'], { NVML_LIB: '/nowhere.so' })
  expect(lines.filter(({ name }) => name.startsWith('hw.'))).toEqual([])
  expect(values(lines, 'host_agent.collector.success')).toEqual([])
  expect(stderr).toMatch(/^host-agent: nvml: nothing to measure on this host: .*shared/)
})

test('a host without a driver starts no process', async () => {
  const { stderr } = await measure(['--collectors', 'nvml'])
  expect(stderr).toBe(
    'host-agent: nvml: nothing to measure on this host: there is no NVIDIA driver\n',
  )
})
