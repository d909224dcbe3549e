import { ValueType } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics'
import { SCOPE } from '../scope.ts'
import { hrTime } from '../time.ts'
import type { PointMetric, TrainingPoint } from './outlet.ts'

/** The points as OTLP metrics, each with its own time. */
export function metricsOf(points: readonly TrainingPoint[], resource: Resource): ResourceMetrics {
  const byName = Map.groupBy(points, ({ metric }) => metric.name)
  const metrics = [...byName.values()].flatMap((all) => {
    const [first] = all
    return first ? [metricOf(first.metric, all)] : []
  })
  return { resource, scopeMetrics: [{ scope: SCOPE, metrics }] }
}

function metricOf(metric: PointMetric, points: readonly TrainingPoint[]): MetricData {
  const { name, unit, description, instrument } = metric
  const common = {
    descriptor: { name, unit, description, valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  }
  const dataPoints = points.map(({ value, attributes, time, since = time }) => ({
    startTime: hrTime(Math.min(since, time)),
    endTime: hrTime(time),
    attributes,
    value,
  }))
  if (instrument === 'histogram') {
    const histograms = dataPoints as DataPoint<Histogram>[]
    return { ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints: histograms }
  }
  const numbers = dataPoints as DataPoint<number>[]
  return instrument === 'gauge'
    ? { ...common, dataPointType: DataPointType.GAUGE, dataPoints: numbers }
    : { ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: numbers }
}
