import type { PointAttributes } from '../../../collector.ts'
import { Device } from '../device.ts'
import type { Gpu } from '../gpu.ts'
import { type Group, sampleOf } from '../group.ts'
import { layouts } from '../layouts.ts'
import { readMemory } from './memory.ts'

const TEXT_BYTES = 96
const LOOK_AGAIN_MS = 15_000

interface Instance {
  readonly device: Device
  readonly identity: PointAttributes
}

/** The instances of a GPU that is cut into some: the memory of each. */
export const instances: Group = {
  name: 'MIG instances',
  tier: 'always',
  open: (gpu) => {
    let found: Instance[] = []
    let lookedAt = -Infinity
    return function* () {
      if (performance.now() - lookedAt > LOOK_AGAIN_MS) {
        found = look(gpu)
        lookedAt = performance.now()
      }
      for (const { device, identity } of found) {
        yield* readMemory(device, identity)
        yield* sampleOf('gpu.info', 1, identity)
      }
    }
  },
}

// There are gaps in the numbers, and what a number stands for changes when the GPU is cut anew.
function look({ device, identity }: Gpu): Instance[] {
  const [enabled] = device.numbers('nvmlDeviceGetMigMode', 2) ?? []
  const most = enabled === 1 ? (device.number('nvmlDeviceGetMaxMigDeviceCount') ?? 0) : 0
  return Array.from({ length: most }, (_each, slot) => open(device, identity, slot)).filter(
    (instance) => instance !== undefined,
  )
}

function open(parent: Device, of: PointAttributes, slot: number): Instance | undefined {
  const handle = Buffer.alloc(8)
  // An empty slot may be filled the next time.
  if (parent.call('nvmlDeviceGetMigDeviceHandleByIndex', slot, handle) !== 0) return undefined
  const device = new Device(parent.nvml, handle.readBigUInt64LE())
  const uuid = device.text('nvmlDeviceGetUUID', TEXT_BYTES)
  if (uuid === undefined) return undefined
  const name = device.text('nvmlDeviceGetName', TEXT_BYTES)
  const told = {
    'hw.id': uuid,
    'hw.parent': of['hw.id'],
    'hw.name': name,
    'gpu.mig.profile': /MIG (\S+)/.exec(name ?? '')?.[1] ?? profile(device),
    'gpu.mig.gpu_instance.id': device.number('nvmlDeviceGetGpuInstanceId'),
    'gpu.mig.compute_instance.id': device.number('nvmlDeviceGetComputeInstanceId'),
  }
  const known = Object.entries(told).filter(([, value]) => value !== undefined)
  return { device, identity: { ...of, ...Object.fromEntries(known) } }
}

function profile(device: Device): string | undefined {
  const read = device.struct('nvmlDeviceGetAttributes_v2', layouts.attributes)
  if (!read) return undefined
  const [slices, parts] = [read('gpuInstanceSliceCount'), read('computeInstanceSliceCount')]
  const gigabytes = Math.ceil(read('memorySizeMB') / 1024)
  return `${parts < slices ? `${parts}c.` : ''}${slices}g.${gigabytes}gb`
}
