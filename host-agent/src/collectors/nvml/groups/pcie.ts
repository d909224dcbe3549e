import type { GpuSample } from '../../../gpu/samples.ts'
import type { FunctionName } from '../functions.ts'
import type { Gpu } from '../gpu.ts'
import { type Group, sampleOf } from '../group.ts'

const TRANSMITTED = 197
const RECEIVED = 198
const REPLAY_ROLLOVER = 95
const ERRORS = {
  replay_rollover: REPLAY_ROLLOVER,
  recovery: 169,
  correctable: 173,
  nak_received: 174,
  receiver: 175,
  bad_tlp: 176,
  nak_sent: 177,
  bad_dllp: 178,
  nonfatal: 179,
  fatal: 180,
  unsupported_request: 181,
  lcrc: 182,
} as const

const LINK = {
  'gpu.pcie.link.generation': 'nvmlDeviceGetCurrPcieLinkGeneration',
  'gpu.pcie.link.generation.limit': 'nvmlDeviceGetMaxPcieLinkGeneration',
  'gpu.pcie.link.width': 'nvmlDeviceGetCurrPcieLinkWidth',
  'gpu.pcie.link.width.limit': 'nvmlDeviceGetMaxPcieLinkWidth',
} as const satisfies Partial<Record<GpuSample['metric'], FunctionName>>

/** The PCIe link and its errors. */
export const pcie: Group = {
  name: 'PCIe link',
  tier: 'often',
  open: (gpu) =>
    function* () {
      const { device, identity, health } = gpu
      const told = Object.entries(LINK).map(
        ([metric, name]) => [metric as keyof typeof LINK, device.number(name)] as const,
      )
      for (const [metric, value] of told) yield* sampleOf(metric, value, identity)
      const { 'gpu.pcie.link.width': width = 0, 'gpu.pcie.link.width.limit': most = 0 } =
        Object.fromEntries(told)
      health.narrowLink = width < most
      yield* errors(gpu)
    },
}

function* errors({ device, identity }: Gpu): Generator<GpuSample> {
  const replays = device.number('nvmlDeviceGetPcieReplayCounter')
  const counts = device.fields(Object.values(ERRORS))
  const byType = Object.entries(ERRORS).map(([type, id]) => [type, counts.get(id)] as const)
  for (const [type, count] of [['replay', replays] as const, ...byType])
    yield* sampleOf('gpu.pcie.errors', count, { ...identity, 'error.type': type })
}

/** Bytes over PCIe, by counters of the driver: its throughput function would block for 40 ms. */
export const pcieTraffic: Group = {
  name: 'PCIe traffic',
  tier: 'often',
  open: ({ device, identity }) => {
    const unwrap = { transmit: createUnwrap(), receive: createUnwrap() }
    return function* () {
      const counts = device.fields([TRANSMITTED, RECEIVED])
      const bytes = { transmit: counts.get(TRANSMITTED), receive: counts.get(RECEIVED) }
      for (const direction of ['transmit', 'receive'] as const)
        yield* sampleOf('hw.gpu.io', unwrap[direction](bytes[direction]), {
          ...identity,
          'network.io.direction': direction,
        })
    }
  },
}

const WRAP = 2 ** 32

/**
 * Goes on counting where a counter of 32 bits begins anew. One that goes back from its lower half, or
 * has been beyond 32 bits, was reset: what comes then is told as it is.
 */
export function createUnwrap(): (value: number | undefined) => number | undefined {
  let last = 0
  let laps = 0
  return (value) => {
    if (value === undefined) return undefined
    if (value < last) laps = last < WRAP && last >= WRAP / 2 ? laps + 1 : 0
    last = value
    return value + laps * WRAP
  }
}
