import { all, type Attribute } from './attribute.ts'

const metricAttributes = {
  'cpu.mode': {
    type: 'string',
    values: ['user', 'nice', 'system', 'idle', 'iowait', 'interrupt', 'steal'],
    meaning: 'What the CPU was doing.',
  },
  'disk.io.direction': {
    type: 'string',
    values: ['read', 'write'],
    meaning: 'Whether it was read or written.',
  },
  'error.type': {
    type: 'string',
    values: ['corrected', 'uncorrected'],
    meaning: 'Whether the error of the memory was corrected.',
    stability: 'stable',
  },
  'gpu.clock.domain': {
    type: 'string',
    values: ['graphics', 'sm', 'memory', 'video'],
    meaning: 'Which clock of the GPU.',
  },
  'gpu.clock.reason': {
    type: 'string',
    values: [
      'idle',
      'app_clocks',
      'sw_power_cap',
      'sw_thermal',
      'hw_slowdown',
      'hw_thermal',
      'hw_power_brake',
      'sync_boost',
      'display',
    ],
    meaning: 'What holds the clocks down.',
  },
  'gpu.compute_capability': {
    type: 'string',
    examples: ['9.0'],
    meaning: 'Which features the GPU has.',
  },
  'gpu.ecc.mode': {
    type: 'string',
    examples: ['Enabled', 'Disabled'],
    meaning: 'Whether the memory corrects errors.',
  },
  'gpu.index': {
    type: 'string',
    examples: ['0'],
    meaning: 'Which GPU of the host; another one after a restart.',
  },
  'gpu.memory.remap.availability': {
    type: 'string',
    values: ['max', 'high', 'partial', 'low', 'none'],
    meaning: 'How many spare rows a bank has left.',
  },
  'gpu.memory.retirement.cause': {
    type: 'string',
    values: ['sbe', 'dbe'],
    meaning: 'Single-bit errors that came back, or a double-bit error.',
  },
  'gpu.mig.mode': {
    type: 'string',
    examples: ['Enabled', 'Disabled'],
    meaning: 'Whether the GPU is split into instances.',
  },
  'gpu.pci.address': {
    type: 'string',
    examples: ['00000000:1A:00.0'],
    meaning: 'Where on the PCI bus the GPU is.',
  },
  'gpu.persistence_mode': {
    type: 'string',
    examples: ['Enabled', 'Disabled'],
    meaning: 'Whether the driver stays loaded.',
  },
  'host_agent.collector.name': {
    type: 'string',
    examples: ['cpu', 'nvidia-smi'],
    meaning: 'The collector.',
  },
  'hw.driver_version': { type: 'string', meaning: 'Version of the driver.' },
  'hw.firmware_version': { type: 'string', meaning: 'Version of the firmware.' },
  'hw.gpu.task': {
    type: 'string',
    examples: ['general', 'encoder', 'decoder', 'jpeg', 'ofa'],
    meaning: 'Which engine of the GPU.',
  },
  'hw.id': { type: 'string', meaning: 'The GPU, by its UUID, or a part of it.' },
  'hw.limit_type': {
    type: 'string',
    values: ['enforced', 'requested', 'default', 'min', 'max'],
    meaning: 'Which limit.',
  },
  'hw.name': { type: 'string', meaning: 'Name of the product.' },
  'hw.parent': { type: 'string', meaning: 'The `hw.id` of the GPU that the part is of.' },
  'hw.sensor_location': {
    type: 'string',
    examples: ['gpu', 'memory'],
    meaning: 'Where the sensor is.',
  },
  'hw.state': {
    type: 'string',
    values: ['ok', 'degraded', 'failed', 'predicted_failure'],
    meaning: 'The state.',
  },
  'hw.type': { type: 'string', values: ['gpu'], meaning: 'What it is.' },
  'hw.vendor': { type: 'string', examples: ['NVIDIA'], meaning: 'Who made it.' },
  'network.interface.name': { type: 'string', examples: ['eth0'], meaning: 'The interface.' },
  'network.io.direction': {
    type: 'string',
    values: ['receive', 'transmit'],
    meaning: 'Whether it was received or sent.',
  },
  'system.device.name': {
    type: 'string',
    examples: ['nvme0n1', '/dev/nvme0n1p2', 'eth0'],
    meaning: 'The disk, the partition or the interface.',
  },
  'system.filesystem.mode': {
    type: 'string',
    values: ['rw', 'ro'],
    meaning: 'Whether it can be written.',
  },
  'system.filesystem.mountpoint': {
    type: 'string',
    examples: ['/'],
    meaning: 'Where it is mounted.',
  },
  'system.filesystem.state': {
    type: 'string',
    values: ['used', 'free', 'reserved'],
    meaning: 'What of its space; `reserved` is free for the superuser alone.',
  },
  'system.filesystem.type': {
    type: 'string',
    examples: ['ext4', 'nfs4'],
    meaning: 'The kind of filesystem.',
  },
  'system.memory.linux.slab.state': {
    type: 'string',
    values: ['reclaimable', 'unreclaimable'],
    meaning: "Whether the kernel's memory could be given back.",
  },
  'system.memory.state': {
    type: 'string',
    values: ['used', 'free', 'cached', 'buffers'],
    meaning: 'What the memory is.',
  },
  'system.paging.direction': {
    type: 'string',
    values: ['in', 'out'],
    meaning: 'Whether pages were read back or written out.',
  },
  'system.paging.fault.type': {
    type: 'string',
    values: ['major', 'minor'],
    meaning: 'Whether a fault had to read from disk.',
  },
  'system.paging.state': {
    type: 'string',
    values: ['used', 'free'],
    meaning: 'What of the swap space.',
  },
} as const

/** The name of an attribute that a point may carry. */
export type AttributeName = keyof typeof metricAttributes

/** Every attribute of a metric. */
export const attributes: Readonly<Record<AttributeName, Attribute>> = all(metricAttributes)
