import type { AttributeName } from '../attributes.ts'
import type { Collector, Host, Metric } from '../collector.ts'

type Name =
  | 'system.network.io'
  | 'system.network.packet.count'
  | 'system.network.packet.dropped'
  | 'system.network.errors'

const counter = (
  unit: string,
  description: string,
  name: AttributeName = 'network.interface.name',
): Metric => ({
  instrument: 'counter',
  unit,
  description,
  attributes: [name, 'network.io.direction'],
})

// The host's ends of the pairs that lead into containers, as Docker and most CNIs, Calico, Cilium, AWS,
// GKE and Azure name them: a new one a container, so their series would be without bound. Bridges stay.
const INTO_CONTAINER = /^(veth|cali|lxc_health$|(lxc|eni|gke|azv)[\da-f]{10,12}$)/

/** Traffic of each network interface but the loopback and the virtual ones of containers. */
export const network: Collector<Name> = {
  name: 'network',
  metrics: {
    'system.network.io': counter('By', 'Bytes received and sent.'),
    // The convention names the interface of this one metric as a device.
    'system.network.packet.count': counter(
      '{packet}',
      'Packets received and sent.',
      'system.device.name',
    ),
    'system.network.packet.dropped': counter(
      '{packet}',
      'Packets dropped though nothing was wrong.',
    ),
    'system.network.errors': counter('{error}', 'Packets lost to errors.'),
  },
  open: (host) =>
    async function* () {
      for (const { name, receive, transmit } of parseNetDev(await readInterfaces(host))) {
        for (const [direction, traffic] of Object.entries({ receive, transmit })) {
          const io = { 'network.io.direction': direction }
          const attributes = { ...io, 'network.interface.name': name }
          yield { metric: 'system.network.io', value: traffic.bytes, attributes }
          yield {
            metric: 'system.network.packet.count',
            value: traffic.packets,
            attributes: { ...io, 'system.device.name': name },
          }
          yield { metric: 'system.network.packet.dropped', value: traffic.dropped, attributes }
          yield { metric: 'system.network.errors', value: traffic.errors, attributes }
        }
      }
    },
}

/**
 * The interfaces of the host, as `/proc/net/dev` has them. Where that is the reader's own network, in a
 * container, those of the first process of the host.
 */
export async function readInterfaces({ readFile }: Host): Promise<string> {
  try {
    return await readFile('/proc/1/net/dev')
  } catch {
    return readFile('/proc/net/dev')
  }
}

interface Traffic {
  readonly bytes: number
  readonly packets: number
  readonly errors: number
  readonly dropped: number
}

/** Each interface of `/proc/net/dev`. */
export function* parseNetDev(
  text: string,
): Generator<{ name: string; receive: Traffic; transmit: Traffic }> {
  for (const line of text.split('\n')) {
    // A name may hold a colon (an alias); the counters never do.
    const [, name, columns] = /^\s*(\S+):\s*(\d.*)$/.exec(line) ?? []
    if (!name || !columns || name === 'lo' || INTO_CONTAINER.test(name)) continue
    const counts = columns.trim().split(/\s+/).map(Number)
    yield {
      name,
      receive: readTraffic(counts.slice(0, 4)),
      transmit: readTraffic(counts.slice(8, 12)),
    }
  }
}

function readTraffic([bytes = NaN, packets = NaN, errors = NaN, dropped = NaN]: number[]): Traffic {
  return { bytes, packets, errors, dropped }
}
