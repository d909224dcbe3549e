import type { Collector, Happening, Host, PointAttributes } from '../../collector.ts'
import { type GpuMetricName, gpuMetrics } from '../../gpu/metrics.ts'
import { type GpuSample, status } from '../../gpu/samples.ts'
import { code, describe, DriverGone, GpuLost } from './codes.ts'
import { Device } from './device.ts'
import { createEvents, type XidEvents } from './events.ts'
import { Gpu } from './gpu.ts'
import { groups } from './groups/index.ts'
import { candidates, seekDriver } from './library.ts'
import { Nvml } from './nvml.ts'

const UUID_BYTES = 96
const NAME_BYTES = 96
const LOOK_AGAIN_MS = 60_000
// A GPU that fell off its bus is told of for as long as somebody may still look for it.
const REMEMBERED_MS = 3_600_000

/** NVIDIA GPUs through NVML, the library of the driver, in a process of its own. */
export const nvml: Collector<GpuMetricName> = {
  name: 'nvml',
  metrics: gpuMetrics,
  subject: 'nvidia',
  apart: seekDriver,
  open: (host) => {
    let fleet: Fleet | undefined
    return async function* () {
      fleet ??= new Fleet(host)
      yield* fleet.sample()
    }
  },
}

interface Known {
  readonly identity: PointAttributes
  at: number
}

/** The GPUs of this host; one that comes is found within a minute, one that goes is told to have failed. */
class Fleet {
  readonly #host: Host
  readonly #nvml: Nvml
  readonly #events: XidEvents
  readonly #known = new Map<string, Known>()
  #gpus: Gpu[] = []
  #unreachable: number[] = []
  #lookedAt = -Infinity

  constructor(host: Host) {
    this.#host = host
    host.doing('nvmlInit_v2')
    this.#nvml = new Nvml(candidates())
    this.#events = createEvents(this.#nvml)
  }

  async *sample(): AsyncGenerator<GpuSample | Happening> {
    const now = performance.now()
    if (now - this.#lookedAt > LOOK_AGAIN_MS) this.#look(now)
    this.#host.doing('nvmlEventSetWait_v2')
    if (yield* this.#events.take(this.#gpus)) this.#look(now)
    for (const gpu of this.#gpus) yield* gpu.sample(this.#host.doing)
    yield* this.#events.counts()
    yield* this.#missing(now)
    this.#noteDenied()
  }

  #look(now: number): void {
    this.#lookedAt = now
    this.#unreachable = []
    const found: Gpu[] = []
    for (let index = 0; index < this.#count(); index += 1) {
      this.#host.doing(`nvmlDeviceGetHandleByIndex_v2 of GPU ${index}`)
      const gpu = this.#find(index)
      if (gpu) found.push(gpu)
      else this.#unreachable.push(index)
    }
    this.#gpus = found
    for (const { identity } of found)
      this.#known.set(String(identity['hw.id']), { identity, at: now })
  }

  #count(): number {
    const count = Buffer.alloc(4)
    const returned = this.#nvml.call('nvmlDeviceGetCount_v2', count)
    if (returned !== code.success)
      throw new DriverGone(`nvmlDeviceGetCount_v2: ${describe(returned)}`)
    return count.readUInt32LE()
  }

  /** The GPU, the same object as long as the driver has the same handle for it. */
  #find(index: number): Gpu | undefined {
    const handle = Buffer.alloc(8)
    if (this.#nvml.call('nvmlDeviceGetHandleByIndex_v2', index, handle) !== code.success)
      return undefined
    const device = new Device(this.#nvml, handle.readBigUInt64LE())
    const identity = identify(device)
    if (!identity) return undefined
    const known = this.#gpus.find(
      (gpu) => gpu.device.handle === device.handle && gpu.identity['hw.id'] === identity['hw.id'],
    )
    if (known?.index === index) return known
    const gpu = new Gpu(device, identity, index, groups, this.#host)
    this.#events.listen(gpu)
    return gpu
  }

  /** GPUs that are there no longer, and those that were never seen alive: these have no other name. */
  *#missing(now: number): Generator<GpuSample> {
    const present = new Set(this.#gpus.map(({ identity }) => identity['hw.id']))
    let lost = 0
    for (const [id, { identity, at }] of this.#known) {
      if (present.has(id)) continue
      if (now - at > REMEMBERED_MS) this.#known.delete(id)
      lost += 1
      yield* status(identity, 'failed')
    }
    for (const index of this.#unreachable.slice(lost))
      yield* status(
        { 'hw.id': `nvidia-${index}`, 'hw.type': 'gpu', 'hw.vendor': 'NVIDIA' },
        'failed',
      )
  }

  #noteDenied(): void {
    const denied = new Set(this.#gpus.flatMap(({ device }) => [...device.denied]))
    for (const name of denied)
      this.#host.note(`${name} is not permitted: run the agent with more rights to measure it`)
  }
}

function identify(device: Device): PointAttributes | undefined {
  try {
    const uuid = device.text('nvmlDeviceGetUUID', UUID_BYTES)
    const name = device.text('nvmlDeviceGetName', NAME_BYTES)
    if (uuid === undefined) return undefined
    return {
      'hw.id': uuid,
      'hw.type': 'gpu',
      'hw.vendor': 'NVIDIA',
      ...(name !== undefined && { 'hw.name': name }),
    }
  } catch (error) {
    if (error instanceof GpuLost) return undefined
    throw error
  }
}
