import type { Attributes } from '@opentelemetry/api'
import { Absent } from './absent.ts'
import type { Collect, Collector, Host, Metric, Sample } from './collector.ts'
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

/**
 * Asks all collectors at once and waits no longer than `deadlineMs` for the slowest. One that fails or
 * is late costs its own samples only; one that is still busy with the last round is not asked again.
 */
export function createSampler(
  collectors: readonly Collector[],
  host: Host,
  deadlineMs: number,
  log: (line: string) => void,
): (signal: AbortSignal) => Promise<Observation[]> {
  const sources = collectors.map((collector) => createSource(collector, host, log))
  return async (signal) => {
    const late = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)])
    return (await Promise.all(sources.map((source) => source(late)))).flat()
  }
}

function createSource(
  collector: Collector,
  host: Host,
  log: (line: string) => void,
): (signal: AbortSignal) => Promise<Observation[]> {
  const { name, metrics } = collector
  const collect = collector.open(host)
  const report = createReport(name, log)
  let busy = false
  return async (signal) => {
    const started = performance.now()
    const samples: Sample[] = []
    let outcome: Outcome = 'read'
    try {
      if (busy) throw new Error('it is still busy with an earlier sample')
      busy = true
      const work = drain(collect, signal, samples).finally(() => (busy = false))
      await untilAborted(work, signal, () => new Error('it took too long'))
    } catch (error) {
      outcome = error instanceof Absent ? 'absent' : 'failed'
      report(outcome, error instanceof Error ? error.message : String(error))
    }
    if (outcome === 'read') report(outcome)
    const seconds = (performance.now() - started) / 1000
    return [
      ...samples.flatMap((sample) => observe(metrics, sample)),
      ...(outcome === 'absent' ? [] : about(name, outcome, seconds)),
    ]
  }
}

async function drain(collect: Collect, signal: AbortSignal, samples: Sample[]): Promise<void> {
  for await (const sample of collect(signal)) {
    if (signal.aborted) return
    samples.push(sample)
  }
}

function observe(metrics: Readonly<Record<string, Metric>>, sample: Sample): Observation[] {
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

/** Says how it goes when that changes, so that a fault is one line and not one a round. */
function createReport(
  name: string,
  log: (line: string) => void,
): (outcome: Outcome, reason?: string) => void {
  let last: Outcome | undefined
  return (outcome, reason) => {
    if (outcome === 'absent' && last !== outcome)
      log(`${name}: nothing to measure on this host: ${reason}`)
    if (outcome === 'failed' && last !== outcome)
      log(`${name}: failed (it is tried again every time): ${reason}`)
    if (outcome === 'read' && last !== undefined && last !== outcome) log(`${name}: measured now`)
    last = outcome
  }
}
