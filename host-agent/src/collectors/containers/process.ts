import type { Host } from '../../collector.ts'
import { parseNetDev } from '../network.ts'

const TICKS = 100

/** What one process of a container tells of it. */
export interface FirstProcess {
  /** In seconds; not a number where nobody may look. */
  readonly uptime: number
  /** In bytes; nothing where it has the network of the host. */
  readonly network: { readonly receive: number; readonly transmit: number } | undefined
}

/** Looks at the oldest process of a container. */
export async function readProcess(
  pid: number,
  hostUptime: number,
  hostNetwork: string,
  read: (file: string) => Promise<string>,
): Promise<FirstProcess> {
  const [stat, network] = await Promise.all([
    read(`/proc/${pid}/stat`),
    read(`/proc/${pid}/net/dev`),
  ])
  const started = Number(stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? NaN) / TICKS
  return { uptime: hostUptime - started, network: trafficOf(network, hostNetwork) }
}

function trafficOf(text: string, hostText: string): FirstProcess['network'] {
  const interfaces = [...parseNetDev(text)]
  if (interfaces.length === 0 || names(text) === names(hostText)) return undefined
  const sum = (way: 'receive' | 'transmit'): number =>
    interfaces.reduce((all, each) => all + each[way].bytes, 0)
  return { receive: sum('receive'), transmit: sum('transmit') }
}

const names = (text: string): string =>
  [...text.matchAll(/^\s*(\S+):/gm)].map(([, name]) => name).join()

/** The seconds since the boot. */
export async function readUptime({ readFile }: Host): Promise<number> {
  return Number((await readFile('/proc/uptime')).split(' ')[0])
}
