import { Absent } from '../absent.ts'
import type { Collect, Happening, Metric, Sample } from '../collector.ts'
import { untilAborted } from '../deadline.ts'
import { DriverProcess } from './process.ts'

const STALLED = 'host_agent.driver.stalled'

/** What the agent tells of the process that calls the driver. */
export const driverMetrics: Readonly<Record<string, Metric>> = {
  [STALLED]: {
    instrument: 'gauge',
    unit: '1',
    description: 'Whether (1) or not (0) the driver has left a call unanswered for long.',
    attributes: ['host_agent.collector.name', 'host_agent.driver.call'],
  },
}

/** The readings of collectors that run in a process of their own. */
export interface Apart {
  /** As the collector's own. */
  readonly collect: (name: string) => Collect
  /** Ends the process and starts no other until `resume`, so that the driver can be replaced. */
  readonly release: () => void
  readonly resume: () => void
  /** Ends the process for good. */
  readonly end: () => void
}

/** `root` is where the files of the host are; no process is started before it is needed. */
export function createApart(root: string, patienceMs: number, log: (line: string) => void): Apart {
  const driver = new DriverProcess(root, patienceMs, log)
  return {
    collect: (name) => {
      const kept: Happening[] = []
      return async function* (signal) {
        yield* kept.splice(0)
        const call = driver.stalledCall
        const about = { 'host_agent.collector.name': name }
        yield {
          metric: STALLED,
          value: call === undefined ? 0 : 1,
          attributes: { ...about, ...(call !== undefined && { 'host_agent.driver.call': call }) },
        }
        const asked = driver.ask(name)
        const late = (): Error => new Error(`the driver does not answer: ${driver.call}`)
        const answer = await untilAborted(asked, signal, late).catch((error) => {
          // What happened is told once: if nobody waits for it now, it is for the next round.
          if (signal.aborted) void asked.then(({ told }) => kept.push(...told.filter(isHappening)))
          throw error
        })
        yield* answer.told
        if (answer.absent !== undefined) throw new Absent(answer.absent)
        if (answer.failed !== undefined) throw new Error(answer.failed)
      }
    },
    release: () => driver.release(),
    resume: () => driver.resume(),
    end: () => driver.end(),
  }
}

function isHappening(told: Sample | Happening): told is Happening {
  return 'event' in told
}
