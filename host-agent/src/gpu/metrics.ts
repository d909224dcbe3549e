import type { AttributeName } from '../attributes.ts'
import type { Metric } from '../collector.ts'

/** The name of a metric about a GPU. */
export type GpuMetricName =
  | 'hw.gpu.utilization'
  | 'hw.gpu.memory.usage'
  | 'hw.gpu.memory.limit'
  | 'hw.gpu.memory.utilization'
  | 'gpu.memory.free'
  | 'gpu.memory.reserved'
  | 'gpu.memory.bar1.usage'
  | 'gpu.memory.bar1.limit'
  | 'gpu.memory.controller.utilization'
  | 'hw.temperature'
  | 'hw.temperature.limit'
  | 'hw.energy'
  | 'hw.power'
  | 'gpu.power.limit'
  | 'gpu.clock.frequency'
  | 'gpu.clock.limit'
  | 'gpu.clock.event'
  | 'gpu.clock.throttle.time'
  | 'gpu.performance_state'
  | 'gpu.pcie.link.generation'
  | 'gpu.pcie.link.generation.limit'
  | 'gpu.pcie.link.width'
  | 'gpu.pcie.link.width.limit'
  | 'gpu.pcie.errors'
  | 'hw.gpu.io'
  | 'gpu.interconnect.io'
  | 'gpu.interconnect.errors'
  | 'gpu.interconnect.links.active'
  | 'hw.fan.speed'
  | 'hw.fan.speed_ratio'
  | 'hw.errors'
  | 'gpu.memory.retired_pages'
  | 'gpu.memory.retired_pages.pending'
  | 'gpu.memory.remapped_rows'
  | 'gpu.memory.remapped_rows.pending'
  | 'gpu.memory.remapped_rows.failure'
  | 'gpu.memory.remapped_rows.banks'
  | 'gpu.xid.events'
  | 'hw.status'
  | 'gpu.info'
  | 'process.gpu.memory.usage'
  | 'process.gpu.utilization'

/** The attributes of every point about a GPU. */
const GPU: readonly AttributeName[] = ['hw.id', 'hw.type', 'hw.name', 'hw.vendor']
/** Those of a point about a part of one: `hw.id` is the part's own. */
const PART: readonly AttributeName[] = [...GPU, 'hw.parent', 'hw.sensor_location']
/** Those that a point has besides where it is about an instance of a GPU that is cut into some. */
const INSTANCE = [
  'hw.parent',
  'gpu.mig.profile',
  'gpu.mig.gpu_instance.id',
  'gpu.mig.compute_instance.id',
] as const satisfies readonly AttributeName[]

/** Those that say which process. */
const PROCESS = [
  'process.pid',
  'process.executable.name',
  'container.id',
  'k8s.pod.uid',
] as const satisfies readonly AttributeName[]

const define =
  (instrument: Metric['instrument']) =>
  (unit: string, description: string, ...attributes: AttributeName[]): Metric => ({
    instrument,
    unit,
    description,
    attributes: [...GPU, ...attributes],
  })
const gauge = define('gauge')
const counter = define('counter')
const amount = define('updowncounter')

/** Whatever source a GPU is read from, these are the names, units and attributes it is told in. */
export const gpuMetrics: Readonly<Record<GpuMetricName, Metric>> = {
  'hw.gpu.utilization': gauge(
    '1',
    'Fraction of time that the GPU, or one of its engines, was busy.',
    'hw.gpu.task',
    ...INSTANCE,
  ),
  'hw.gpu.memory.usage': amount('By', 'GPU memory in use.', ...INSTANCE),
  'hw.gpu.memory.limit': amount('By', 'Size of the GPU memory.', ...INSTANCE),
  'hw.gpu.memory.utilization': gauge('1', 'Fraction of the GPU memory in use.', ...INSTANCE),
  'gpu.memory.free': amount('By', 'GPU memory that is free.', ...INSTANCE),
  'gpu.memory.reserved': amount('By', 'GPU memory that the driver keeps for itself.', ...INSTANCE),
  'gpu.memory.bar1.usage': amount('By', 'Part of the window into GPU memory that is in use.'),
  'gpu.memory.bar1.limit': amount('By', 'Size of the window into GPU memory that the host has.'),
  'gpu.memory.controller.utilization': gauge(
    '1',
    'Fraction of time that GPU memory was read or written.',
  ),
  'hw.temperature': { ...gauge('Cel', 'Temperature of the sensor.'), attributes: PART },
  'hw.temperature.limit': {
    ...gauge('Cel', 'Temperature at which the GPU protects itself.'),
    attributes: [...PART, 'hw.limit_type'],
  },
  'hw.energy': counter('J', 'Energy taken since the driver was loaded.'),
  'hw.power': gauge('W', 'Power drawn.'),
  'gpu.power.limit': gauge('W', 'Limit on the power drawn.', 'hw.limit_type'),
  'gpu.clock.frequency': gauge('Hz', 'Current clock rate.', 'gpu.clock.domain'),
  'gpu.clock.limit': gauge('Hz', 'Highest clock rate.', 'gpu.clock.domain'),
  'gpu.clock.event': gauge(
    '1',
    'Whether (1) or not (0) the reason holds the clocks down now.',
    'gpu.clock.reason',
  ),
  'gpu.clock.throttle.time': counter(
    's',
    'Time that the reason has held the clocks down.',
    'gpu.clock.reason',
  ),
  'gpu.performance_state': gauge('1', 'Performance state, from 0 (fastest) to 15.'),
  'gpu.pcie.link.generation': gauge('1', 'Current PCIe generation.'),
  'gpu.pcie.link.generation.limit': gauge('1', 'Highest PCIe generation.'),
  'gpu.pcie.link.width': gauge('1', 'Current PCIe lanes.'),
  'gpu.pcie.link.width.limit': gauge('1', 'Most PCIe lanes.'),
  'gpu.pcie.errors': counter('{error}', 'Errors of the PCIe link.', 'error.type'),
  'hw.gpu.io': counter('By', 'Bytes over PCIe.', 'network.io.direction'),
  'gpu.interconnect.io': counter(
    'By',
    'Bytes over the links between GPUs.',
    'gpu.interconnect.type',
    'network.io.direction',
  ),
  'gpu.interconnect.errors': counter(
    '{error}',
    'Errors of the links between GPUs.',
    'gpu.interconnect.type',
    'error.type',
  ),
  'gpu.interconnect.links.active': amount(
    '{link}',
    'Links between GPUs that are up.',
    'gpu.interconnect.type',
  ),
  'hw.fan.speed': { ...gauge('rpm', 'Fan speed.'), attributes: PART },
  'hw.fan.speed_ratio': {
    ...gauge('1', 'Fan speed as a fraction of the highest.'),
    attributes: PART,
  },
  'hw.errors': counter('{error}', 'Memory errors over the life of the GPU (ECC).', 'error.type'),
  'gpu.memory.retired_pages': counter(
    '{page}',
    'Memory pages taken out of use (before Ampere).',
    'gpu.memory.retirement.cause',
  ),
  'gpu.memory.retired_pages.pending': gauge('1', 'Whether a reset is due to retire a page.'),
  'gpu.memory.remapped_rows': counter(
    '{row}',
    'Memory rows replaced by spare ones (Ampere and later).',
    'error.type',
  ),
  'gpu.memory.remapped_rows.pending': gauge('1', 'Whether a reset is due to remap a row.'),
  'gpu.memory.remapped_rows.failure': gauge('1', 'Whether a row could not be remapped.'),
  'gpu.memory.remapped_rows.banks': gauge(
    '{bank}',
    'Memory banks by how many spare rows they have left.',
    'gpu.memory.remap.availability',
  ),
  'gpu.xid.events': counter(
    '{event}',
    'Errors that the driver reported (XID) while the agent listened.',
    'gpu.xid.code',
    'gpu.xid.severity',
  ),
  'hw.status': amount('1', 'Whether (1) or not (0) the GPU is in the state.', 'hw.state'),
  'gpu.info': gauge(
    '1',
    'Always 1; what changes rarely is in the attributes.',
    'hw.driver_version',
    'hw.firmware_version',
    'gpu.index',
    'gpu.pci.address',
    'gpu.compute_capability',
    'gpu.mig.mode',
    'gpu.ecc.mode',
    'gpu.persistence_mode',
    'gpu.cuda_version',
    ...INSTANCE,
  ),
  'process.gpu.memory.usage': amount(
    'By',
    'GPU memory that the process has; without a process, what all others have.',
    ...INSTANCE,
    ...PROCESS,
  ),
  'process.gpu.utilization': gauge(
    '1',
    'Fraction of time that the process kept the GPU, or one of its engines, busy.',
    'hw.gpu.task',
    ...PROCESS,
  ),
}
