import { type MeasureOptions, openRounds } from './rounds.ts'
import type { Reading } from './sampler.ts'

/** Asks the chosen collectors once; resolves with a line for each: whether it works here, and why not. */
export async function listCollectors(options: MeasureOptions): Promise<string> {
  const readings: Reading[] = []
  // one by one, since of those that measure the same the first would do for all
  for (const name of options.collectors) {
    const { round, end } = await openRounds({ ...options, collectors: [name] }, () => {})
    readings.push(...(await round(new AbortController().signal)).readings)
    end()
  }
  return readings.map(line).join('')
}

const STATES = { read: 'works', absent: 'absent', failed: 'FAILED' } as const

function line({ collector, outcome, reason, observations }: Reading): string {
  const own = observations.filter(({ name }) => !name.startsWith('host_agent.collector.'))
  const metrics = new Set(own.map(({ name }) => name)).size
  const about = reason ?? `${metrics} metrics, ${own.length} points`
  return `${collector.padEnd(12)} ${STATES[outcome].padEnd(7)} ${about}\n`
}
