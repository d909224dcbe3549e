import type { Collector } from '../collector.ts'

type Name =
  | 'system.memory.usage'
  | 'system.memory.utilization'
  | 'system.memory.limit'
  | 'system.memory.linux.available'
  | 'system.memory.linux.shared'
  | 'system.memory.linux.slab.usage'

/** Main memory by state; the states add up to the limit. */
export const memory: Collector<Name> = {
  name: 'memory',
  metrics: {
    'system.memory.usage': {
      instrument: 'updowncounter',
      unit: 'By',
      description: 'Memory in each state.',
      attributes: ['system.memory.state'],
    },
    'system.memory.utilization': {
      instrument: 'gauge',
      unit: '1',
      description: 'Fraction of the memory in each state.',
      attributes: ['system.memory.state'],
    },
    'system.memory.limit': {
      instrument: 'updowncounter',
      unit: 'By',
      description: 'Size of the memory.',
      attributes: [],
    },
    'system.memory.linux.available': {
      instrument: 'updowncounter',
      unit: 'By',
      description: 'Memory that a new application could have without swapping.',
      attributes: [],
    },
    'system.memory.linux.shared': {
      instrument: 'updowncounter',
      unit: 'By',
      description: 'Shared memory, tmpfs included.',
      attributes: [],
    },
    'system.memory.linux.slab.usage': {
      instrument: 'updowncounter',
      unit: 'By',
      description: 'Memory of the kernel’s own caches.',
      attributes: ['system.memory.linux.slab.state'],
    },
  },
  open: ({ readFile }) =>
    async function* () {
      const read = parseMeminfo(await readFile('/proc/meminfo'))
      const limit = read('MemTotal')
      for (const [state, value] of Object.entries(states(read))) {
        const attributes = { 'system.memory.state': state }
        yield { metric: 'system.memory.usage', value, attributes }
        yield { metric: 'system.memory.utilization', value: value / limit, attributes }
      }
      yield { metric: 'system.memory.limit', value: limit }
      yield { metric: 'system.memory.linux.available', value: read('MemAvailable') }
      yield { metric: 'system.memory.linux.shared', value: read('Shmem') }
      for (const [state, key] of SLAB) {
        const attributes = { 'system.memory.linux.slab.state': state }
        yield { metric: 'system.memory.linux.slab.usage', value: read(key), attributes }
      }
    },
}

const SLAB = [
  ['reclaimable', 'SReclaimable'],
  ['unreclaimable', 'SUnreclaim'],
] as const

type Meminfo = (key: string) => number

// Reclaimable slab counts as cache, as in free(1).
function states(read: Meminfo): Record<string, number> {
  const free = read('MemFree')
  const buffers = read('Buffers')
  const cached = read('Cached') + read('SReclaimable')
  return { used: read('MemTotal') - free - buffers - cached, free, buffers, cached }
}

/** Bytes by the kernel's key; a key that this kernel lacks reads NaN. */
export function parseMeminfo(meminfo: string): Meminfo {
  const kibibytes = new Map(
    meminfo.split('\n').map((line) => {
      const [key = '', value = ''] = line.split(':')
      return [key, Number.parseInt(value)]
    }),
  )
  return (key) => (kibibytes.get(key) ?? NaN) * 1024
}
