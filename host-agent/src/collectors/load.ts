import type { Collector, Metric } from '../collector.ts'

type Name =
  | 'system.cpu.load_average.1m'
  | 'system.cpu.load_average.5m'
  | 'system.cpu.load_average.15m'

const average = (minutes: string): Metric => ({
  instrument: 'gauge',
  unit: '{thread}',
  description: `Threads that ran or wanted to run, on average over ${minutes}.`,
  attributes: [],
})

/** The load averages. No convention names them: the names are those of the Collector. */
export const load: Collector<Name> = {
  name: 'load',
  metrics: {
    'system.cpu.load_average.1m': average('1 minute'),
    'system.cpu.load_average.5m': average('5 minutes'),
    'system.cpu.load_average.15m': average('15 minutes'),
  },
  open: ({ readFile }) =>
    async function* () {
      const [one = NaN, five = NaN, fifteen = NaN] = (await readFile('/proc/loadavg'))
        .split(' ')
        .map(Number)
      yield { metric: 'system.cpu.load_average.1m', value: one }
      yield { metric: 'system.cpu.load_average.5m', value: five }
      yield { metric: 'system.cpu.load_average.15m', value: fifteen }
    },
}
