import type { PointAttributes, Sample } from '../collector.ts'
import type { GpuMetricName } from './metrics.ts'

/** One value about a GPU. */
export type GpuSample = Sample<GpuMetricName>

/** The states that a GPU is told to be in or not to be in. */
export const STATES = ['ok', 'degraded', 'predicted_failure', 'failed'] as const
/** One of them. */
export type State = (typeof STATES)[number]

/** The bits of NVIDIA's clocks-event mask, by reason. */
export const CLOCK_REASONS: Readonly<Record<string, number>> = {
  idle: 0x1,
  app_clocks: 0x2,
  sw_power_cap: 0x4,
  hw_slowdown: 0x8,
  sync_boost: 0x10,
  sw_thermal: 0x20,
  hw_thermal: 0x40,
  hw_power_brake: 0x80,
  display: 0x100,
}
/** Those by which the hardware protects itself. */
export const HARDWARE_SLOWDOWN: number = 0x8 | 0x40 | 0x80

/** What tells a part of the GPU, such as `temp/memory`, from the GPU. */
export function ofPart(identity: PointAttributes, part: string): PointAttributes {
  const { 'hw.id': id = '' } = identity
  return { ...identity, 'hw.id': `${id}/${part}`, 'hw.parent': id }
}

/** One point for each state, 1 for the one that the GPU is in. */
export function* status(identity: PointAttributes, state: State): Generator<GpuSample> {
  for (const each of STATES) {
    yield {
      metric: 'hw.status',
      value: each === state ? 1 : 0,
      attributes: { ...identity, 'hw.state': each },
    }
  }
}

/** One point for each reason of the mask. */
export function* clockEvents(identity: PointAttributes, active: number): Generator<GpuSample> {
  for (const [reason, bit] of Object.entries(CLOCK_REASONS)) {
    yield {
      metric: 'gpu.clock.event',
      value: (active & bit) === 0 ? 0 : 1,
      attributes: { ...identity, 'gpu.clock.reason': reason },
    }
  }
}
