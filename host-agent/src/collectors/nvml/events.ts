import type { Happening, PointAttributes } from '../../collector.ts'
import type { GpuSample } from '../../gpu/samples.ts'
import { xidSeverity, type XidSeverity, xidText } from '../../gpu/xid.ts'
import { code, GpuLost } from './codes.ts'
import type { Gpu } from './gpu.ts'
import { layouts, readNumber } from './layouts.ts'
import type { Nvml } from './nvml.ts'

const XID = 0x8
const GPU_UNAVAILABLE = 0x4000
const WANTED = XID | GPU_UNAVAILABLE
// As many as one round takes; what is left comes with the next.
const MOST_A_ROUND = 64
const NO_INSTANCE = 0xff_ff_ff_ff

const SEVERITIES: Readonly<Record<XidSeverity, Happening['severity']>> = {
  restart_machine: 'fatal',
  reset_gpu: 'error',
  investigate: 'error',
  restart_application: 'warn',
  ignore: 'info',
}

/** What the driver reported of its GPUs since it was asked last. */
export interface XidEvents {
  /** Listens to a GPU, where that can be. */
  readonly listen: (gpu: Gpu) => void
  /** Takes what was reported; true where a GPU came or went. */
  readonly take: (gpus: readonly Gpu[]) => Generator<Happening, boolean>
  /** How often each error of each GPU was reported so far. */
  readonly counts: () => Generator<GpuSample>
}

interface Count {
  readonly attributes: PointAttributes
  value: number
}

/** Listens to what the driver reports; a library without that function reports nothing. */
export function createEvents(nvml: Nvml): XidEvents {
  const set = Buffer.alloc(8)
  const open = nvml.call('nvmlEventSetCreate', set) === code.success
  const handle = set.readBigUInt64LE()
  const counted = new Map<string, Count>()

  const count = (gpu: Gpu, xid: number): void => {
    gpu.health.xids.add(xid)
    const severity = xidSeverity(xid)
    const attributes = { ...gpu.identity, 'gpu.xid.code': xid, 'gpu.xid.severity': severity }
    const key = `${String(gpu.identity['hw.id'])} ${xid}`
    const entry = counted.get(key) ?? { attributes, value: 0 }
    entry.value += 1
    counted.set(key, entry)
  }

  return {
    listen: ({ device }) => {
      try {
        const supported = device.long('nvmlDeviceGetSupportedEventTypes') ?? 0
        const types = supported & WANTED
        if (open && types !== 0) device.ask('nvmlDeviceRegisterEvents', BigInt(types), handle)
      } catch (error) {
        // One that is lost has nothing to report, and is told to have failed when it is read.
        if (!(error instanceof GpuLost)) throw error
      }
    },
    take: function* (gpus) {
      let changed = false
      if (!open) return changed
      for (let taken = 0; taken < MOST_A_ROUND; taken += 1) {
        const event = Buffer.alloc(layouts.event.size)
        if (nvml.call('nvmlEventSetWait_v2', handle, event, 0) !== code.success) break
        const device = event.readBigUInt64LE()
        const gpu = gpus.find((each) => each.device.handle === device)
        const type = readNumber(layouts.event, event, 'eventType')
        changed ||= type === GPU_UNAVAILABLE
        if (!gpu || type !== XID) continue
        count(gpu, readNumber(layouts.event, event, 'eventData'))
        yield tell(gpu, event)
      }
      return changed
    },
    counts: function* () {
      for (const { attributes, value } of counted.values())
        yield { metric: 'gpu.xid.events', value, attributes, since: performance.timeOrigin }
    },
  }
}

function tell({ identity, index }: Gpu, event: Buffer): Happening {
  const xid = readNumber(layouts.event, event, 'eventData')
  const severity = xidSeverity(xid)
  const instances = {
    'gpu.mig.gpu_instance.id': readNumber(layouts.event, event, 'gpuInstanceId'),
    'gpu.mig.compute_instance.id': readNumber(layouts.event, event, 'computeInstanceId'),
  }
  const known = Object.entries(instances).filter(([, id]) => id !== NO_INSTANCE)
  return {
    event: 'gpu.xid',
    severity: SEVERITIES[severity],
    body: `XID ${xid} on GPU ${index}: ${xidText(xid)}`,
    attributes: {
      ...identity,
      'gpu.xid.code': xid,
      'gpu.xid.severity': severity,
      ...Object.fromEntries(known),
    },
  }
}
