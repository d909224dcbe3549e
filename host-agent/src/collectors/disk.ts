import type { Collector, Metric } from '../collector.ts'

type Name =
  | 'system.disk.io'
  | 'system.disk.operations'
  | 'system.disk.merged'
  | 'system.disk.operation_time'
  | 'system.disk.io_time'

// The kernel counts in sectors of 512 bytes whatever the disk's own are.
const SECTOR = 512
// Whole disks and volumes (dm, md, each counted beside the disks under it), not their partitions.
const NOT_A_DISK = /^(z?ram|loop|fd|(h|s|v|xv)d[a-z]+|(nvme\d+n|mmcblk)\d+p)\d+$/

const counter = (unit: string, description: string, direction = true): Metric => ({
  instrument: 'counter',
  unit,
  description,
  attributes: direction ? ['system.device.name', 'disk.io.direction'] : ['system.device.name'],
})

/** Traffic of each disk. */
export const disk: Collector<Name> = {
  name: 'disk',
  metrics: {
    'system.disk.io': counter('By', 'Bytes read and written.'),
    'system.disk.operations': counter('{operation}', 'Reads and writes that the disk completed.'),
    'system.disk.merged': counter('{operation}', 'Reads and writes that were merged into others.'),
    'system.disk.operation_time': counter('s', 'Time that reads and writes took, each counted.'),
    'system.disk.io_time': counter('s', 'Time that the disk was busy.', false),
  },
  open: ({ readFile }) =>
    async function* () {
      for (const { device, read, write, busy } of parseDiskstats(
        await readFile('/proc/diskstats'),
      )) {
        const name = { 'system.device.name': device }
        for (const [direction, traffic] of Object.entries({ read, write })) {
          const attributes = { ...name, 'disk.io.direction': direction }
          yield { metric: 'system.disk.io', value: traffic.bytes, attributes }
          yield { metric: 'system.disk.operations', value: traffic.operations, attributes }
          yield { metric: 'system.disk.merged', value: traffic.merged, attributes }
          yield { metric: 'system.disk.operation_time', value: traffic.seconds, attributes }
        }
        yield { metric: 'system.disk.io_time', value: busy, attributes: name }
      }
    },
}

interface Traffic {
  readonly operations: number
  readonly merged: number
  readonly bytes: number
  readonly seconds: number
}

/** Each whole disk of `/proc/diskstats`. */
export function* parseDiskstats(
  diskstats: string,
): Generator<{ device: string; read: Traffic; write: Traffic; busy: number }> {
  for (const line of diskstats.split('\n')) {
    const [, , device, ...fields] = line.trim().split(/\s+/)
    const counts = fields.map(Number)
    if (!device || NOT_A_DISK.test(device)) continue
    yield {
      device,
      read: readTraffic(counts.slice(0, 4)),
      write: readTraffic(counts.slice(4, 8)),
      busy: (counts[9] ?? NaN) / 1000,
    }
  }
}

function readTraffic([
  operations = NaN,
  merged = NaN,
  sectors = NaN,
  milliseconds = NaN,
]: number[]): Traffic {
  return { operations, merged, bytes: sectors * SECTOR, seconds: milliseconds / 1000 }
}
