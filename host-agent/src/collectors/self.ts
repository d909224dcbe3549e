import type { Collector } from '../collector.ts'

type Name = 'process.cpu.time' | 'process.memory.usage' | 'process.uptime'

/** The agent's own process: what watching costs. */
export const self: Collector<Name> = {
  name: 'self',
  metrics: {
    'process.cpu.time': {
      instrument: 'counter',
      unit: 's',
      description: 'CPU time of the agent.',
      attributes: ['cpu.mode'],
    },
    'process.memory.usage': {
      instrument: 'updowncounter',
      unit: 'By',
      description: 'Resident memory of the agent.',
      attributes: [],
    },
    'process.uptime': {
      instrument: 'gauge',
      unit: 's',
      description: 'Time since the agent started.',
      attributes: [],
    },
  },
  open: () =>
    async function* () {
      const { user, system } = process.cpuUsage()
      for (const [mode, microseconds] of Object.entries({ user, system })) {
        yield {
          metric: 'process.cpu.time',
          value: microseconds / 1e6,
          attributes: { 'cpu.mode': mode },
          since: performance.timeOrigin,
        }
      }
      yield { metric: 'process.memory.usage', value: process.memoryUsage.rss() }
      yield { metric: 'process.uptime', value: process.uptime() }
    },
}
