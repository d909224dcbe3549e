import { setImmediate as turn } from 'node:timers/promises'
import type { Attributes } from '@opentelemetry/api'
import { Absent } from './absent.ts'
import type { Collect, Collector, Happening, Host, Metric, Sample } from './collector.ts'
import { untilAborted } from './deadline.ts'

/** What the agent tells of each of its collectors; nothing of one whose source is not on this host. */
export const collectorMetrics: Readonly<Record<string, Metric>> = {
  'host_agent.collector.success': {
    instrument: 'gauge',
    unit: '1',
    description: 'Whether (1) or not (0) the collector could read its source.',
    attributes: ['host_agent.collector.name'],
  },
  'host_agent.collector.duration': {
    instrument: 'gauge',
    unit: 's',
    description: 'How long the collector took.',
    attributes: ['host_agent.collector.name'],
  },
}

/** One value of one metric, ready to be a point. */
export interface Observation {
  readonly name: string
  readonly metric: Metric
  readonly value: number
  readonly attributes: Attributes
  readonly since: number | undefined
}

type Outcome = 'read' | 'absent' | 'failed'

/** What one collector came to. */
export interface Reading {
  readonly collector: string
  readonly outcome: Outcome
  /** Why it was not read. */
  readonly reason?: string
  readonly observations: readonly Observation[]
  readonly happenings: readonly Happening[]
}

type Source = (signal: AbortSignal) => Promise<Reading>

/**
 * Asks all collectors at once and waits no longer than `deadlineMs` for the slowest. One that fails or
 * is late costs its own samples only; one that is still busy with the last round is not asked again. Of
 * those with the same subject, the first is asked whose source is there.
 */
export function createSampler(
  collectors: readonly Collector[],
  host: Host,
  deadlineMs: number,
  log: (line: string) => void,
): (signal: AbortSignal) => Promise<readonly Reading[]> {
  const bySubject = Map.groupBy(collectors, ({ subject, name }) => subject ?? name)
  const sources = [...bySubject.values()].map((alternatives) =>
    firstOf(
      alternatives.map((collector, index) => {
        const report = createReport(collector.name, index === alternatives.length - 1, log)
        return createSource(collector, host, report)
      }),
    ),
  )
  return async (signal) => {
    const late = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)])
    return (await Promise.all(sources.map((source) => source(late)))).flat()
  }
}

function firstOf(sources: readonly Source[]): (signal: AbortSignal) => Promise<Reading[]> {
  return async (signal) => {
    const readings: Reading[] = []
    for (const source of sources) {
      const reading = await source(signal)
      readings.push(reading)
      if (reading.outcome !== 'absent') break
    }
    return readings
  }
}

function createSource(collector: Collector, host: Host, report: Report): Source {
  const { name, metrics } = collector
  const collect = collector.open(host)
  let busy = false
  return async (signal) => {
    const started = performance.now()
    const samples: Sample[] = []
    const happenings: Happening[] = []
    let outcome: Outcome = 'read'
    let reason: string | undefined
    try {
      if (busy) throw new Error('it is still busy with an earlier sample')
      busy = true
      const work = drain(collect, signal, samples, happenings).finally(() => (busy = false))
      await inTime(work, signal)
    } catch (error) {
      outcome = error instanceof Absent ? 'absent' : 'failed'
      reason = error instanceof Error ? error.message : String(error)
    }
    report(outcome, reason)
    const seconds = (performance.now() - started) / 1000
    const told = samples.flatMap((sample) => observe(metrics, sample))
    const observations = outcome === 'absent' ? told : [...told, ...about(name, outcome, seconds)]
    return { collector: name, outcome, ...(reason && { reason }), observations, happenings }
  }
}

/** As `work`; cut short when `signal` aborts, for the reason that the work itself tells, if it does. */
async function inTime(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const late = new Error('it took too long')
  try {
    await untilAborted(work, signal, () => late)
  } catch (error) {
    if (error === late) await Promise.race([work, turn()])
    throw error
  }
}

async function drain(
  collect: Collect,
  signal: AbortSignal,
  samples: Sample[],
  happenings: Happening[],
): Promise<void> {
  for await (const each of collect(signal)) {
    if ('event' in each) happenings.push(each)
    else if (signal.aborted) return
    else samples.push(each)
  }
}

/** A sample as the observation that it is; none where its value is no number. */
export function observe(metrics: Readonly<Record<string, Metric>>, sample: Sample): Observation[] {
  const { metric: name, value, attributes = {}, since } = sample
  const metric = metrics[name]
  return metric && Number.isFinite(value) ? [{ name, metric, value, attributes, since }] : []
}

function about(collector: string, outcome: Outcome, seconds: number): Observation[] {
  const values = {
    'host_agent.collector.success': outcome === 'read' ? 1 : 0,
    'host_agent.collector.duration': seconds,
  }
  const attributes = { 'host_agent.collector.name': collector }
  return Object.entries(values).flatMap(([metric, value]) =>
    observe(collectorMetrics, { metric, value, attributes }),
  )
}

type Report = (outcome: Outcome, reason?: string) => void

/**
 * Says how it goes when that changes, so that a fault is one line and not one a round. A source that is
 * absent is named where no other is asked instead.
 */
function createReport(name: string, isLast: boolean, log: (line: string) => void): Report {
  let last: Outcome | undefined
  return (outcome, reason) => {
    if (outcome === 'absent' && isLast && last !== outcome)
      log(`${name}: nothing to measure on this host: ${reason}`)
    if (outcome === 'failed' && last !== outcome)
      log(`${name}: failed (it is tried again every time): ${reason}`)
    if (outcome === 'read' && last !== undefined && last !== outcome) log(`${name}: measured now`)
    last = outcome
  }
}
