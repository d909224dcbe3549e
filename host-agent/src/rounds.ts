import type { Resource } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { type Apart, createApart, driverMetrics } from './apart/index.ts'
import { collectors } from './collectors/index.ts'
import type { Collector, Host, Sample } from './collector.ts'
import { deliveryMetrics } from './delivery/metrics.ts'
import { createHost } from './host.ts'
import type { AgentOptions } from './options.ts'
import { createPoints } from './points.ts'
import { record } from './records.ts'
import { describeHost } from './resource.ts'
import { createSampler, observe, type Reading } from './sampler.ts'

/** What of the options says how to measure. */
export type MeasureOptions = Pick<
  AgentOptions,
  'collectors' | 'hostRoot' | 'intervalMs' | 'deadlineMs' | 'patienceMs'
>

/** What one round measured and learned. */
export interface Telemetry {
  readonly metrics: ResourceMetrics
  readonly records: readonly ReadableLogRecord[]
  /** What each collector came to that was asked. */
  readonly readings: readonly Reading[]
}

/** The measuring of a host. */
export interface Rounds {
  readonly host: Host
  /** What the host is. */
  readonly resource: Resource
  /** One round over the chosen collectors. */
  readonly round: (signal: AbortSignal) => Promise<Telemetry>
  /** Lets go of the drivers, for whoever wants to replace one, until `resume`. */
  readonly release: () => void
  readonly resume: () => void
  /** Ends what was started to measure. */
  readonly end: () => void
}

/** Gets ready to measure; `delivery` is what the agent itself tells of its delivery, with each round. */
export async function openRounds(
  options: MeasureOptions,
  log: (line: string) => void,
  delivery: () => readonly Sample[] = () => [],
): Promise<Rounds> {
  const host = createHost(options.hostRoot, { doing: () => {}, note: log })
  const apart = createApart(options.hostRoot, options.patienceMs, log)
  const chosen = collectors
    .filter(({ name }) => options.collectors.includes(name))
    .map((collector) => (collector.apart ? setApart(collector, collector.apart, apart) : collector))
  const deadlineMs = Math.min(options.deadlineMs, options.intervalMs)
  const sample = createSampler(chosen, host, deadlineMs, log)
  const resource = await describeHost(host, options.hostRoot)
  const points = createPoints(resource, await bootTime(host))
  return {
    host,
    resource,
    round: async (signal) => {
      const readings = await sample(signal)
      const told = delivery().flatMap((each) => observe(deliveryMetrics, each))
      const now = Date.now()
      return {
        metrics: points([...readings.flatMap(({ observations }) => observations), ...told], now),
        records: readings
          .flatMap(({ happenings }) => happenings)
          .map((each) => record(each, resource, now)),
        readings,
      }
    },
    ...apart,
  }
}

/** The same collector, to be read in the other process wherever that has something to ask. */
function setApart(
  { name, metrics, subject }: Collector,
  seek: (host: Host) => Promise<void>,
  apart: Apart,
): Collector {
  return {
    name,
    metrics: { ...metrics, ...driverMetrics },
    ...(subject && { subject }),
    open: (host) => {
      const collect = apart.collect(name)
      return async function* (signal) {
        await seek(host)
        yield* collect(signal)
      }
    },
  }
}

/** When the counters of the kernel began, in epoch milliseconds; now, where it does not tell. */
async function bootTime({ readFile }: Host): Promise<number> {
  const stat = await readFile('/proc/stat').catch(() => '')
  const [, seconds] = /^btime (\d+)$/m.exec(stat) ?? []
  return seconds === undefined ? Date.now() : Number(seconds) * 1000
}
