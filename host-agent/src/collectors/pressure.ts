import { Absent } from '../absent.ts'
import type { Collector, Metric } from '../collector.ts'

type Name = 'system.linux.pressure.some' | 'system.linux.pressure.full'

const stalled = (who: string): Metric => ({
  instrument: 'counter',
  unit: 's',
  description: `Time in which ${who} waited for the resource.`,
  attributes: ['system.linux.pressure.resource'],
})

const RESOURCES = ['cpu', 'memory', 'io'] as const

/** Pressure stall information: for how long work waited because a resource was short. */
export const pressure: Collector<Name> = {
  name: 'pressure',
  metrics: {
    'system.linux.pressure.some': stalled('at least one task'),
    'system.linux.pressure.full': stalled('all tasks that were not idle'),
  },
  open: ({ readFile }) =>
    async function* () {
      for (const resource of RESOURCES) {
        const attributes = { 'system.linux.pressure.resource': resource }
        for (const [share, seconds] of parsePressure(await readPressure(readFile, resource)))
          yield { metric: `system.linux.pressure.${share}`, value: seconds, attributes }
      }
    },
}

// a kernel that could tell but was booted without psi=1 has the files, and does not let them be read
async function readPressure(
  readFile: (path: string) => Promise<string>,
  resource: string,
): Promise<string> {
  try {
    return await readFile(`/proc/pressure/${resource}`)
  } catch (error) {
    const isOff = error instanceof Error && 'code' in error && error.code === 'EOPNOTSUPP'
    throw isOff ? new Absent('the kernel was booted without psi=1', { cause: error }) : error
  }
}

/** The seconds of each line, such as `some avg10=0.00 avg60=0.00 avg300=0.00 total=123456`. */
function* parsePressure(text: string): Generator<['some' | 'full', number]> {
  for (const [, share, microseconds] of text.matchAll(/^(some|full) .*total=(\d+)$/gm))
    yield [share === 'full' ? 'full' : 'some', Number(microseconds) / 1e6]
}
