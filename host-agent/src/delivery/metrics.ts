import type { Metric, Sample } from '../collector.ts'
import type { Queue } from './queue.ts'
import type { Sender } from './sender.ts'
import type { Signal } from './signal.ts'

type Name =
  | 'host_agent.queue.batches'
  | 'host_agent.queue.size'
  | 'host_agent.queue.lost'
  | 'host_agent.export.failures'

/** What the agent tells of its delivery. */
export const deliveryMetrics: Readonly<Record<Name, Metric>> = {
  'host_agent.queue.batches': {
    instrument: 'updowncounter',
    unit: '{batch}',
    description: 'Batches that wait to be sent, such as a round of measurements.',
    attributes: ['host_agent.signal'],
  },
  'host_agent.queue.size': {
    instrument: 'updowncounter',
    unit: 'By',
    description: 'Size of what waits to be sent, compressed.',
    attributes: ['host_agent.signal'],
  },
  'host_agent.queue.lost': {
    instrument: 'counter',
    unit: '{batch}',
    description:
      'Batches that were never sent: the queue was full, they were refused, or could not be read back.',
    attributes: ['host_agent.signal', 'host_agent.loss.reason'],
  },
  'host_agent.export.failures': {
    instrument: 'counter',
    unit: '{request}',
    description: 'Requests that the receiver did not take.',
    attributes: ['host_agent.signal'],
  },
}

/** What one queue and its sender come to now. */
export function deliverySamples(
  { name }: Pick<Signal<never>, 'name'>,
  queue: Queue,
  { failures }: Pick<Sender<never>, 'failures'>,
): Sample<Name>[] {
  const { batches, size, lost } = queue.state
  const attributes = { 'host_agent.signal': name }
  const since = performance.timeOrigin
  return [
    { metric: 'host_agent.queue.batches', value: batches, attributes },
    { metric: 'host_agent.queue.size', value: size, attributes },
    ...Object.entries(lost).map(([reason, value]): Sample<Name> => ({
      metric: 'host_agent.queue.lost',
      value,
      attributes: { ...attributes, 'host_agent.loss.reason': reason },
      since,
    })),
    { metric: 'host_agent.export.failures', value: failures(), attributes, since },
  ]
}
