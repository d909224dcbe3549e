import type { PointAttributes } from '../../../collector.ts'
import type { GpuSample } from '../../../gpu/samples.ts'
import type { Device } from '../device.ts'
import { layouts } from '../layouts.ts'
import { type Group, sampleOf } from '../group.ts'

/** Memory in use, free and reserved. */
export const memory: Group = {
  name: 'memory',
  tier: 'always',
  open:
    ({ device, identity }) =>
    () =>
      readMemory(device, identity),
}

/** The memory of a GPU, or of an instance of one. */
export function* readMemory(device: Device, identity: PointAttributes): Generator<GpuSample> {
  const newer = device.struct('nvmlDeviceGetMemoryInfo_v2', layouts.memoryV2)
  // What the older function calls used has what is reserved in it.
  const read = newer ?? device.struct('nvmlDeviceGetMemoryInfo', layouts.memory)
  if (!read) return
  const [used, total] = [read('used'), read('total')]
  yield* sampleOf('hw.gpu.memory.usage', used, identity)
  yield* sampleOf('hw.gpu.memory.limit', total, identity)
  yield* sampleOf('hw.gpu.memory.utilization', total ? used / total : undefined, identity)
  yield* sampleOf('gpu.memory.free', read('free'), identity)
  yield* sampleOf('gpu.memory.reserved', newer?.('reserved'), identity)
}

/** The window into GPU memory that the host has. */
export const bar1: Group = {
  name: 'BAR1 memory',
  tier: 'seldom',
  open: ({ device, identity }) =>
    function* () {
      const read = device.struct('nvmlDeviceGetBAR1MemoryInfo', layouts.bar1)
      yield* sampleOf('gpu.memory.bar1.usage', read?.('bar1Used'), identity)
      yield* sampleOf('gpu.memory.bar1.limit', read?.('bar1Total'), identity)
    },
}
