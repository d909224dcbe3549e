import type { AttributeName } from '../../attributes.ts'
import type { Metric } from '../../collector.ts'

const IDENTITY: readonly AttributeName[] = ['container.id', 'k8s.pod.uid']

const counter = (unit: string, description: string, ...more: AttributeName[]): Metric => ({
  instrument: 'counter',
  unit,
  description,
  attributes: [...IDENTITY, ...more],
})

const memory = (description: string): Metric => ({
  instrument: 'updowncounter',
  unit: 'By',
  description,
  attributes: IDENTITY,
})

export type ContainerMetric =
  | 'container.cpu.time'
  | 'container.cpu.throttled.time'
  | 'container.memory.usage'
  | 'container.memory.rss'
  | 'container.memory.working_set'
  | 'container.memory.available'
  | 'container.memory.oom_kills'
  | 'container.paging.faults'
  | 'container.disk.io'
  | 'container.network.io'
  | 'container.process.count'
  | 'container.uptime'

export const containerMetrics: Readonly<Record<ContainerMetric, Metric>> = {
  'container.cpu.time': counter('s', 'CPU time of the container.', 'cpu.mode'),
  'container.cpu.throttled.time': counter(
    's',
    'Time in which the container was held back for having used up its share of the CPU.',
  ),
  'container.memory.usage': memory('Memory of the container, with its files that are cached.'),
  'container.memory.rss': memory('Memory that belongs to the processes of the container alone.'),
  'container.memory.working_set': memory(
    'Memory of the container without what could be given back at once.',
  ),
  'container.memory.available': memory('What the limit of the container leaves.'),
  'container.memory.oom_kills': counter(
    '{process}',
    'Processes that were killed since the container had no memory left.',
  ),
  'container.paging.faults': counter(
    '{fault}',
    'Page faults of the container.',
    'system.paging.fault.type',
  ),
  'container.disk.io': counter('By', 'Bytes read and written.', 'disk.io.direction'),
  'container.network.io': counter('By', 'Bytes received and sent.', 'network.io.direction'),
  'container.process.count': {
    instrument: 'updowncounter',
    unit: '{process}',
    description: 'Processes and threads of the container.',
    attributes: IDENTITY,
  },
  'container.uptime': {
    instrument: 'gauge',
    unit: 's',
    description: 'Time since the container started.',
    attributes: IDENTITY,
  },
}
