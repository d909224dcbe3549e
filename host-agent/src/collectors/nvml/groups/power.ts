import { type Group, sampleOf } from '../group.ts'

const watts = (milliwatts: number | undefined): number | undefined =>
  milliwatts === undefined ? undefined : milliwatts / 1000

const LIMITS = {
  enforced: 'nvmlDeviceGetEnforcedPowerLimit',
  requested: 'nvmlDeviceGetPowerManagementLimit',
  default: 'nvmlDeviceGetPowerManagementDefaultLimit',
} as const

/** Power drawn, and energy taken since the driver was loaded. */
export const power: Group = {
  name: 'power',
  tier: 'always',
  open: ({ device, identity }) =>
    function* () {
      yield* sampleOf('hw.power', watts(device.number('nvmlDeviceGetPowerUsage')), identity)
      const millijoules = device.long('nvmlDeviceGetTotalEnergyConsumption')
      yield* sampleOf('hw.energy', watts(millijoules), identity)
    },
}

/** The limits on the power drawn. */
export const powerLimits: Group = {
  name: 'power limits',
  tier: 'seldom',
  open: ({ device, identity }) =>
    function* () {
      const [min, max] = device.numbers('nvmlDeviceGetPowerManagementLimitConstraints', 2) ?? []
      const single = Object.entries(LIMITS).map(
        ([type, name]) => [type, device.number(name)] as const,
      )
      for (const [type, milliwatts] of [...single, ['min', min], ['max', max]] as const)
        yield* sampleOf('gpu.power.limit', watts(milliwatts), {
          ...identity,
          'hw.limit_type': type,
        })
    },
}
