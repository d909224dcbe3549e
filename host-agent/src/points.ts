import { ValueType } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics'
import type { Observation } from './sampler.ts'
import { SCOPE } from './scope.ts'
import { hrTime } from './time.ts'

interface Series {
  readonly value: number
  readonly since: number
  readonly at: number
}

const FORGOTTEN_MS = 3_600_000

/**
 * Makes OTLP metrics of what was observed. Not through a MeterProvider: its asynchronous instruments
 * repeat a series that is no longer observed for ever, and know no start time but their own.
 *
 * A counter starts where its sample says, else at `since`; one that goes back, or says a later start, has
 * begun anew.
 */
export function createPoints(
  resource: Resource,
  since: number,
): (observations: readonly Observation[], now: number) => ResourceMetrics {
  const history = new Map<string, Series>()

  const startOf = (observation: Observation, now: number): number => {
    if (observation.metric.instrument !== 'counter') return now
    const key = keyOf(observation)
    const last = history.get(key)
    const { value } = observation
    const told = observation.since ?? since
    const anew = last && value < last.value && told <= last.since
    const began = anew ? last.at : Math.max(last?.since ?? told, told)
    history.set(key, { value, since: began, at: now })
    return Math.min(began, now)
  }

  return (observations, now) => {
    const metrics = new Map<string, MetricData>()
    for (const observation of new Map(observations.map((each) => [keyOf(each), each])).values()) {
      const { name, value, attributes } = observation
      const data = metrics.get(name) ?? describe(observation)
      const times = { startTime: hrTime(startOf(observation, now)), endTime: hrTime(now) }
      ;(data.dataPoints as DataPoint<number>[]).push({ ...times, attributes, value })
      metrics.set(name, data)
    }
    for (const [key, { at }] of history) if (now - at > FORGOTTEN_MS) history.delete(key)
    return { resource, scopeMetrics: [{ scope: SCOPE, metrics: [...metrics.values()] }] }
  }
}

function describe({ name, metric }: Observation): MetricData {
  const common = {
    descriptor: {
      name,
      unit: metric.unit,
      description: metric.description,
      valueType: ValueType.DOUBLE,
    },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPoints: [],
  }
  return metric.instrument === 'gauge'
    ? { ...common, dataPointType: DataPointType.GAUGE }
    : {
        ...common,
        dataPointType: DataPointType.SUM,
        isMonotonic: metric.instrument === 'counter',
      }
}

function keyOf({ name, attributes }: Observation): string {
  return JSON.stringify([name, attributes])
}
