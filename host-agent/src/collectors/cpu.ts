import type { Collector } from '../collector.ts'
import { steady } from '../steady.ts'

type Name = 'system.cpu.time' | 'system.cpu.utilization' | 'system.cpu.logical.count'
type Mode = 'user' | 'nice' | 'system' | 'idle' | 'iowait' | 'interrupt' | 'steal'

/** Seconds in each mode, summed over all CPUs. */
export type CpuTime = Readonly<Record<Mode, number>>

// The kernel counts in USER_HZ, which is 100 on every architecture that Node runs on.
const TICKS_PER_SECOND = 100
// Idle and iowait may go back a little when a CPU comes or goes; more than this is a new count.
const JITTER_SECONDS = 10

/** CPU time by mode, over all CPUs. */
export const cpu: Collector<Name> = {
  name: 'cpu',
  metrics: {
    'system.cpu.time': {
      instrument: 'counter',
      unit: 's',
      description: 'Time that all CPUs together spent in each mode.',
      attributes: ['cpu.mode'],
    },
    'system.cpu.utilization': {
      instrument: 'gauge',
      unit: '1',
      description: 'Fraction of the time since the last sample that the CPUs spent in each mode.',
      attributes: ['cpu.mode'],
    },
    'system.cpu.logical.count': {
      instrument: 'updowncounter',
      unit: '{cpu}',
      description: 'Logical CPUs that are online.',
      attributes: [],
    },
  },
  open: ({ readFile }) => {
    let last: CpuTime | undefined
    return async function* () {
      const { time: read, count } = parseCpu(await readFile('/proc/stat'))
      const time = last ? withoutJitter(last, read) : read
      for (const [mode, value] of Object.entries(time))
        yield { metric: 'system.cpu.time', value, attributes: { 'cpu.mode': mode } }
      for (const [mode, value] of last ? utilization(last, time) : [])
        yield { metric: 'system.cpu.utilization', value, attributes: { 'cpu.mode': mode } }
      yield { metric: 'system.cpu.logical.count', value: count }
      last = time
    }
  },
}

/** The aggregate line of `/proc/stat`, and how many CPUs it is the sum of. */
export function parseCpu(stat: string): { time: CpuTime; count: number } {
  const lines = stat.split('\n')
  const seconds = lines
    .find((line) => line.startsWith('cpu '))
    ?.trim()
    .split(/\s+/)
    .slice(1)
    .map((ticks) => Number(ticks) / TICKS_PER_SECOND)
  if (!seconds) throw new Error('/proc/stat has no line for all CPUs')
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
    seconds
  return {
    time: { user, nice, system, idle, iowait, interrupt: irq + softirq, steal },
    count: lines.filter((line) => /^cpu\d/.test(line)).length,
  }
}

function withoutJitter(last: CpuTime, read: CpuTime): CpuTime {
  const held = Object.entries(read).map(([mode, value]) => [
    mode,
    steady(last[mode as Mode], value, JITTER_SECONDS),
  ])
  return Object.fromEntries(held) as CpuTime
}

/** Needs no clock: the time that passed is the sum over the modes. Empty when a count began anew. */
function utilization(last: CpuTime, time: CpuTime): [string, number][] {
  const spent = Object.entries(time).map(([mode, value]): [string, number] => [
    mode,
    value - last[mode as Mode],
  ])
  const total = spent.reduce((sum, [, seconds]) => sum + seconds, 0)
  if (total <= 0 || spent.some(([, seconds]) => seconds < 0)) return []
  return spent.map(([mode, seconds]) => [mode, seconds / total])
}
