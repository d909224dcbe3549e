import type { GpuMetricName } from '../../../gpu/metrics.ts'
import { clockEvents, type GpuSample, HARDWARE_SLOWDOWN } from '../../../gpu/samples.ts'
import type { Device } from '../device.ts'
import type { FunctionName } from '../functions.ts'
import type { Gpu } from '../gpu.ts'
import { type Group, sampleOf } from '../group.ts'
import { layouts } from '../layouts.ts'

const DOMAINS = ['graphics', 'sm', 'memory', 'video']
const UNKNOWN_STATE = 32

/** The clock rates, and what holds them down. */
export const clocks: Group = {
  name: 'clocks',
  tier: 'always',
  open: (gpu) =>
    function* () {
      yield* rates(gpu, 'gpu.clock.frequency', 'nvmlDeviceGetClockInfo')
      const { device, identity, health } = gpu
      const active =
        device.long('nvmlDeviceGetCurrentClocksEventReasons') ??
        device.long('nvmlDeviceGetCurrentClocksThrottleReasons')
      health.slowedDown = ((active ?? 0) & HARDWARE_SLOWDOWN) !== 0
      if (active !== undefined) yield* clockEvents(identity, active)
    },
}

/** The highest clock rates. */
export const clockLimits: Group = {
  name: 'clock limits',
  tier: 'seldom',
  open: (gpu) => () => rates(gpu, 'gpu.clock.limit', 'nvmlDeviceGetMaxClockInfo'),
}

function* rates(
  { device, identity }: Gpu,
  metric: GpuMetricName,
  name: FunctionName,
): Generator<GpuSample> {
  for (const [index, domain] of DOMAINS.entries()) {
    const megahertz = device.number(name, index)
    const hertz = megahertz === undefined ? undefined : megahertz * 1e6
    yield* sampleOf(metric, hertz, { ...identity, 'gpu.clock.domain': domain })
  }
}

const POWER_FIELD = 74
const SYNC_BOOST_FIELD = 76
const POWER_POLICY = 0
const THERMAL_POLICY = 1

/** How long each reason has held the clocks down. */
export const throttling: Group = {
  name: 'throttle times',
  tier: 'often',
  open: ({ device, identity }) => {
    const fields = throttleFields(device.nvml.branch)
    let perSecond = 1e9
    return function* () {
      const told = device.fields(Object.values(fields))
      perSecond = countsPerSecond(device, told.get(POWER_FIELD)) ?? perSecond
      const times = Object.entries(fields).map(([reason, id]) => [reason, told.get(id)] as const)
      for (const [reason, time] of times)
        yield* sampleOf(
          'gpu.clock.throttle.time',
          time === undefined ? undefined : time / perSecond,
          {
            ...identity,
            'gpu.clock.reason': reason,
          },
        )
      if ('hw_thermal' in fields) return
      const thermal = violation(device, THERMAL_POLICY)
      const attributes = { ...identity, 'gpu.clock.reason': 'thermal' }
      yield* sampleOf(
        'gpu.clock.throttle.time',
        thermal === undefined ? undefined : thermal / 1e9,
        attributes,
      )
    }
  },
}

// Identifiers of fields above 250 were given out anew, twice: what 251 is depends on the driver.
function throttleFields(branch: number): Record<string, number> {
  const everywhere = { sw_power_cap: POWER_FIELD, sync_boost: SYNC_BOOST_FIELD }
  if (branch < 575) return everywhere
  const first = branch < 590 ? 251 : 269
  return { ...everywhere, sw_thermal: first, hw_thermal: first + 1, hw_power_brake: first + 2 }
}

/** How many counts of the field are a second. NVIDIA's own tools do not agree; a counter in ns decides. */
function countsPerSecond(device: Device, power: number | undefined): number | undefined {
  const nanoseconds = power ? violation(device, POWER_POLICY) : undefined
  if (!power || !nanoseconds) return undefined
  return nanoseconds / power > 30 ? 1e6 : 1e9
}

function violation(device: Device, policy: number): number | undefined {
  const read = device.struct('nvmlDeviceGetViolationStatus', layouts.violation, policy)
  return read?.('violationTime')
}

/** The performance state. */
export const performanceState: Group = {
  name: 'performance state',
  tier: 'often',
  open: ({ device, identity }) =>
    function* () {
      const state = device.number('nvmlDeviceGetPerformanceState')
      if (state !== UNKNOWN_STATE) yield* sampleOf('gpu.performance_state', state, identity)
    },
}
