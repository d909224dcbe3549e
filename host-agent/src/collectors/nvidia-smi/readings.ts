import type { PointAttributes } from '../../collector.ts'
import type { GpuMetricName } from '../../gpu/metrics.ts'
import {
  mebibytes,
  megahertz,
  microseconds,
  percent,
  performanceState,
  plain,
  type ReadCell,
  yesNo,
} from './cell.ts'

/** A field of `nvidia-smi --query-gpu` that is one point. */
export interface Reading {
  readonly field: string
  readonly metric: GpuMetricName
  readonly read: ReadCell
  readonly attributes?: PointAttributes
  /** The part of the GPU that the point is about, as the end of its `hw.id`. */
  readonly part?: string
}

const busy = (task: string, field = task): Reading => ({
  field: `utilization.${field}`,
  metric: 'hw.gpu.utilization',
  read: percent,
  attributes: { 'hw.gpu.task': task },
})

const sensor = (location: string): Reading => ({
  field: `temperature.${location}`,
  metric: 'hw.temperature',
  read: plain,
  attributes: { 'hw.sensor_location': location },
  part: `temp/${location}`,
})

const powerLimit = (type: string, field: string): Reading => ({
  field,
  metric: 'gpu.power.limit',
  read: plain,
  attributes: { 'hw.limit_type': type },
})

const clock = (domain: string, metric: GpuMetricName, kind: string): Reading => ({
  field: `clocks.${kind}.${domain}`,
  metric,
  read: megahertz,
  attributes: { 'gpu.clock.domain': domain },
})

const throttled = (reason: string, field: string): Reading => ({
  field: `clocks_event_reasons_counters.${field}`,
  metric: 'gpu.clock.throttle.time',
  read: microseconds,
  attributes: { 'gpu.clock.reason': reason },
})

const eccErrors = (type: string): Reading => ({
  field: `ecc.errors.${type}.aggregate.total`,
  metric: 'hw.errors',
  read: plain,
  attributes: { 'error.type': type },
})

const retired = (cause: string, field: string): Reading => ({
  field: `retired_pages.${field}.count`,
  metric: 'gpu.memory.retired_pages',
  read: plain,
  attributes: { 'gpu.memory.retirement.cause': cause },
})

const remapped = (type: string, field: string): Reading => ({
  field: `remapped_rows.${field}`,
  metric: 'gpu.memory.remapped_rows',
  read: plain,
  attributes: { 'error.type': type },
})

const spareRows = (availability: string): Reading => ({
  field: `remapped_rows.histogram.${availability}`,
  metric: 'gpu.memory.remapped_rows.banks',
  read: plain,
  attributes: { 'gpu.memory.remap.availability': availability },
})

/** Every field that is read as it is; `index.ts` derives the rest. */
export const readings: readonly Reading[] = [
  busy('general', 'gpu'),
  busy('encoder'),
  busy('decoder'),
  busy('jpeg'),
  busy('ofa'),
  { field: 'utilization.memory', metric: 'gpu.memory.controller.utilization', read: percent },
  { field: 'memory.used', metric: 'hw.gpu.memory.usage', read: mebibytes },
  { field: 'memory.total', metric: 'hw.gpu.memory.limit', read: mebibytes },
  { field: 'memory.free', metric: 'gpu.memory.free', read: mebibytes },
  { field: 'memory.reserved', metric: 'gpu.memory.reserved', read: mebibytes },
  sensor('gpu'),
  sensor('memory'),
  { field: 'power.draw', metric: 'hw.power', read: plain },
  powerLimit('enforced', 'enforced.power.limit'),
  powerLimit('requested', 'power.limit'),
  powerLimit('default', 'power.default_limit'),
  powerLimit('min', 'power.min_limit'),
  powerLimit('max', 'power.max_limit'),
  ...['graphics', 'sm', 'memory', 'video'].map((domain) =>
    clock(domain, 'gpu.clock.frequency', 'current'),
  ),
  ...['graphics', 'sm', 'memory'].map((domain) => clock(domain, 'gpu.clock.limit', 'max')),
  throttled('sw_power_cap', 'sw_power_cap'),
  throttled('sync_boost', 'sync_boost'),
  throttled('sw_thermal', 'sw_thermal_slowdown'),
  throttled('hw_thermal', 'hw_thermal_slowdown'),
  throttled('hw_power_brake', 'hw_power_brake_slowdown'),
  { field: 'pstate', metric: 'gpu.performance_state', read: performanceState },
  { field: 'pcie.link.gen.current', metric: 'gpu.pcie.link.generation', read: plain },
  { field: 'pcie.link.gen.max', metric: 'gpu.pcie.link.generation.limit', read: plain },
  { field: 'pcie.link.width.current', metric: 'gpu.pcie.link.width', read: plain },
  { field: 'pcie.link.width.max', metric: 'gpu.pcie.link.width.limit', read: plain },
  { field: 'fan.speed', metric: 'hw.fan.speed_ratio', read: percent, part: 'fan/0' },
  eccErrors('corrected'),
  eccErrors('uncorrected'),
  retired('sbe', 'single_bit_ecc'),
  retired('dbe', 'double_bit'),
  { field: 'retired_pages.pending', metric: 'gpu.memory.retired_pages.pending', read: yesNo },
  remapped('corrected', 'correctable'),
  remapped('uncorrected', 'uncorrectable'),
  { field: 'remapped_rows.pending', metric: 'gpu.memory.remapped_rows.pending', read: yesNo },
  { field: 'remapped_rows.failure', metric: 'gpu.memory.remapped_rows.failure', read: yesNo },
  ...['max', 'high', 'partial', 'low', 'none'].map(spareRows),
]
