import type { PointAttributes } from '../../../collector.ts'
import type { GpuSample } from '../../../gpu/samples.ts'
import { createProcesses } from '../../../processes.ts'
import { code } from '../codes.ts'
import type { Device } from '../device.ts'
import type { FunctionName } from '../functions.ts'
import type { Group } from '../group.ts'
import { layouts, readNumber } from '../layouts.ts'

// More would be series without bound; what they have is told in one sum.
const MOST_TOLD = 50
const MOST_TRIES = 4
const SPARE = 16
const NOT_AVAILABLE = 2 ** 64
const NO_INSTANCE = 0xff_ff_ff_ff
const LISTS: readonly (readonly FunctionName[])[] = [
  ['nvmlDeviceGetComputeRunningProcesses_v3', 'nvmlDeviceGetComputeRunningProcesses_v2'],
  ['nvmlDeviceGetGraphicsRunningProcesses_v3', 'nvmlDeviceGetGraphicsRunningProcesses_v2'],
  ['nvmlDeviceGetMPSComputeRunningProcesses_v3'],
]
const HIDDEN =
  'NVML does not tell which processes use the GPUs: in a container, share the process ids of the host (hostPID)'

interface Running {
  readonly pid: number
  /** Undefined where the driver does not know, as on Windows. */
  readonly bytes: number | undefined
  readonly instance: number | undefined
}

/** GPU memory by process. */
export const processMemory: Group = {
  name: 'processes',
  tier: 'often',
  open: ({ device, identity }, host) => {
    const describe = createProcesses(host)
    return async () => {
      const running = LISTS.flatMap((names) => list(device, names))
      if (running.some(({ pid }) => pid === 0)) host.note(HIDDEN)
      return tell(unique(running), identity, describe)
    }
  },
}

async function tell(
  running: readonly Running[],
  identity: PointAttributes,
  describe: (pid: number) => Promise<PointAttributes>,
): Promise<GpuSample[]> {
  const metric = 'process.gpu.memory.usage'
  const samples: GpuSample[] = []
  let rest = 0
  for (const { pid, bytes = 0, instance } of running) {
    if (pid === 0 || samples.length >= MOST_TOLD) {
      rest += bytes
      continue
    }
    const of = instance === undefined ? {} : { 'gpu.mig.gpu_instance.id': instance }
    const attributes = { ...identity, ...of, ...(await describe(pid)) }
    samples.push({ metric, value: bytes, attributes })
  }
  return rest > 0 ? [...samples, { metric, value: rest, attributes: identity }] : samples
}

/** Those that have most come first. One that computes and draws is in two lists. */
function unique(running: readonly Running[]): Running[] {
  const known = running.filter(({ bytes }) => bytes !== undefined)
  const byProcess = new Map(known.map((each) => [`${each.pid} ${each.instance}`, each]))
  return [...byProcess.values()].toSorted(
    (left, right) => (right.bytes ?? 0) - (left.bytes ?? 0) || left.pid - right.pid,
  )
}

function list(device: Device, names: readonly FunctionName[]): Running[] {
  for (const name of names) {
    const running = listBy(device, name)
    if (running) return running
  }
  return []
}

// The driver says how many there are; more may come before it is asked again.
function listBy(device: Device, name: FunctionName): Running[] | undefined {
  const { size } = layouts.process
  let room = SPARE
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const count = Buffer.alloc(4)
    count.writeUInt32LE(room)
    const entries = Buffer.alloc(room * size)
    const returned = device.call(name, count, entries)
    const there = count.readUInt32LE()
    if (returned === code.success)
      return Array.from({ length: Math.min(there, room) }, (_each, index) =>
        readProcess(entries, index * size),
      )
    if (returned !== code.insufficientSize) return undefined
    room = there + SPARE
  }
  return undefined
}

function readProcess(entries: Buffer, at: number): Running {
  const bytes = readNumber(layouts.process, entries, 'usedGpuMemory', at)
  const instance = readNumber(layouts.process, entries, 'gpuInstanceId', at)
  return {
    pid: readNumber(layouts.process, entries, 'pid', at),
    bytes: bytes === NOT_AVAILABLE ? undefined : bytes,
    instance: instance === NO_INSTANCE ? undefined : instance,
  }
}

const TASKS = { general: 'smUtil', encoder: 'encUtil', decoder: 'decUtil' } as const

/** How busy each process kept the GPU since it was read last. */
export const processUtilization: Group = {
  name: 'process utilization',
  tier: 'often',
  open: ({ device, identity }, host) => {
    const describe = createProcesses(host)
    let lastSeen = 0n
    let room = SPARE
    return async () => {
      const { size } = layouts.processSample
      const count = Buffer.alloc(4)
      count.writeUInt32LE(room)
      const entries = Buffer.alloc(room * size)
      const returned = device.call('nvmlDeviceGetProcessUtilization', entries, count, lastSeen)
      const there = count.readUInt32LE()
      if (returned === code.insufficientSize) room = there + SPARE
      if (returned !== code.success) return []
      const starts = Array.from({ length: there }, (_each, index) => index * size)
      for (const at of starts) {
        const time = entries.readBigUInt64LE(at + layouts.processSample.fields.timeStamp[0])
        if (time > lastSeen) lastSeen = time
      }
      return tellBusy(entries, starts, identity, describe)
    }
  },
}

async function tellBusy(
  entries: Buffer,
  starts: readonly number[],
  identity: PointAttributes,
  describe: (pid: number) => Promise<PointAttributes>,
): Promise<GpuSample[]> {
  const read = (at: number, field: 'pid' | (typeof TASKS)[keyof typeof TASKS]): number =>
    readNumber(layouts.processSample, entries, field, at)
  const byProcess = Map.groupBy(starts, (at) => read(at, 'pid'))
  const samples: GpuSample[] = []
  for (const [pid, all] of [...byProcess].slice(0, MOST_TOLD)) {
    if (pid === 0) continue
    const attributes = { ...identity, ...(await describe(pid)) }
    for (const [task, field] of Object.entries(TASKS)) {
      const percent = all.reduce((sum, at) => sum + read(at, field), 0) / all.length
      samples.push({
        metric: 'process.gpu.utilization',
        value: percent / 100,
        attributes: { ...attributes, 'hw.gpu.task': task },
      })
    }
  }
  return samples
}
