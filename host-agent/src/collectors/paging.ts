import type { Collector } from '../collector.ts'
import { steady } from '../steady.ts'
import { parseMeminfo } from './memory.ts'

type Name =
  | 'system.paging.usage'
  | 'system.paging.utilization'
  | 'system.paging.faults'
  | 'system.paging.operations'

// Minor faults are a difference of two counters that the kernel does not read at the same instant.
const JITTER_FAULTS = 1000

/** Swap space, page faults, and pages moved to and from swap. */
export const paging: Collector<Name> = {
  name: 'paging',
  metrics: {
    'system.paging.usage': {
      instrument: 'updowncounter',
      unit: 'By',
      description: 'Swap space in each state.',
      attributes: ['system.paging.state'],
    },
    'system.paging.utilization': {
      instrument: 'gauge',
      unit: '1',
      description: 'Fraction of the swap space in each state.',
      attributes: ['system.paging.state'],
    },
    'system.paging.faults': {
      instrument: 'counter',
      unit: '{fault}',
      description: 'Page faults; major ones waited for a disk.',
      attributes: ['system.paging.fault.type'],
    },
    'system.paging.operations': {
      instrument: 'counter',
      unit: '{operation}',
      description: 'Pages moved to (out) and from (in) swap.',
      attributes: ['system.paging.direction', 'system.paging.fault.type'],
    },
  },
  open: ({ readFile }) => {
    let lastMinor: number | undefined
    return async function* () {
      const meminfo = parseMeminfo(await readFile('/proc/meminfo'))
      const [total, free] = [meminfo('SwapTotal'), meminfo('SwapFree')]
      for (const [state, value] of Object.entries({ used: total - free, free })) {
        const attributes = { 'system.paging.state': state }
        yield { metric: 'system.paging.usage', value, attributes }
        yield { metric: 'system.paging.utilization', value: value / total, attributes }
      }
      const vmstat = parseVmstat(await readFile('/proc/vmstat'))
      const major = vmstat('pgmajfault')
      const minor = steady(lastMinor, vmstat('pgfault') - major, JITTER_FAULTS)
      lastMinor = minor
      for (const [type, value] of Object.entries({ major, minor })) {
        const attributes = { 'system.paging.fault.type': type }
        yield { metric: 'system.paging.faults', value, attributes }
      }
      for (const direction of ['in', 'out']) {
        const attributes = {
          'system.paging.direction': direction,
          'system.paging.fault.type': 'major',
        }
        yield { metric: 'system.paging.operations', value: vmstat(`pswp${direction}`), attributes }
      }
    }
  },
}

function parseVmstat(text: string): (key: string) => number {
  const values = new Map(text.split('\n').map((line) => line.split(' ') as [string, string]))
  return (key) => Number(values.get(key) ?? NaN)
}
