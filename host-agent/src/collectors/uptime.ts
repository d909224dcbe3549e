import type { Collector } from '../collector.ts'

/** How long the host has been up. */
export const uptime: Collector<'system.uptime'> = {
  name: 'uptime',
  metrics: {
    'system.uptime': {
      instrument: 'gauge',
      unit: 's',
      description: 'Time since the host booted.',
      attributes: [],
    },
  },
  open: ({ readFile }) =>
    async function* () {
      yield { metric: 'system.uptime', value: Number.parseFloat(await readFile('/proc/uptime')) }
    },
}
