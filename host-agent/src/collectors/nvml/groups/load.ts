import { layouts } from '../layouts.ts'
import { type Group, sampleOf } from '../group.ts'

const ENGINES = {
  encoder: 'nvmlDeviceGetEncoderUtilization',
  decoder: 'nvmlDeviceGetDecoderUtilization',
  jpeg: 'nvmlDeviceGetJpgUtilization',
  ofa: 'nvmlDeviceGetOfaUtilization',
} as const

/** How busy the GPU and its memory are. */
export const load: Group = {
  name: 'utilization',
  tier: 'always',
  open: ({ device, identity, health }) =>
    function* () {
      const rates = device.struct('nvmlDeviceGetUtilizationRates', layouts.utilization)
      if (!rates) return
      health.busy = rates('gpu') > 0
      const general = { ...identity, 'hw.gpu.task': 'general' }
      yield* sampleOf('hw.gpu.utilization', rates('gpu') / 100, general)
      yield* sampleOf('gpu.memory.controller.utilization', rates('memory') / 100, identity)
    },
}

/** How busy the engines beside the cores are. */
export const engines: Group = {
  name: 'utilization of the engines',
  tier: 'often',
  open: ({ device, identity }) =>
    function* () {
      for (const [task, name] of Object.entries(ENGINES)) {
        const [percent] = device.numbers(name, 2) ?? []
        const value = percent === undefined ? undefined : percent / 100
        yield* sampleOf('hw.gpu.utilization', value, { ...identity, 'hw.gpu.task': task })
      }
    },
}
