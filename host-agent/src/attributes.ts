import { all, type Attribute } from './attribute.ts'
import { gpuAttributes } from './gpu/attributes.ts'

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
  'host_agent.collector.name': {
    type: 'string',
    examples: ['cpu', 'nvidia-smi'],
    meaning: 'The collector.',
  },
  'host_agent.driver.call': {
    type: 'string',
    examples: ['power of GPU 3'],
    meaning: 'What was asked of the driver, where it does not answer.',
  },
  'host_agent.loss.reason': {
    type: 'string',
    values: ['full', 'refused', 'unreadable'],
    meaning: 'Why it was never sent.',
  },
  'host_agent.signal': {
    type: 'string',
    values: ['metrics', 'logs', 'traces'],
    meaning: 'The kind of telemetry.',
  },
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
  'system.linux.pressure.resource': {
    type: 'string',
    values: ['cpu', 'memory', 'io'],
    meaning: 'What was waited for.',
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
  'training.run.id': { type: 'string', meaning: 'The training run.' },
  'training.run.name': { type: 'string', meaning: 'What the run is an attempt at.' },
} as const

/** The name of an attribute that a point may carry. */
export type AttributeName = keyof typeof metricAttributes | keyof typeof gpuAttributes

/** Every attribute of a metric. */
export const attributes: Readonly<Record<AttributeName, Attribute>> = all({
  ...metricAttributes,
  ...gpuAttributes,
})
