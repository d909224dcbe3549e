import { type Attributes, type Meter, type MeterProvider, metrics } from '@opentelemetry/api'
import { BoundHistogram } from './bound-histogram.ts'
import type { Metric } from './metrics.ts'
import { SCOPE } from './scope.ts'

/** Takes values of one metric. */
interface Instrument {
  record(value: number, attributes: Attributes): void
  recordInSeries(value: number, attributes: Attributes): void
}

let provider: MeterProvider | undefined
const instruments = new Map<Metric, Instrument>()

/** Records one value of a metric: adds to a counter, sets a gauge, or observes in a histogram. */
export function measure(metric: Metric, value: number, attributes: Attributes): void {
  instrumentOf(metric).record(value, attributes)
}

/** As `measure`, for attributes that are the same object for all values of a series, which nobody changes. */
export function measureInSeries(metric: Metric, value: number, attributes: Attributes): void {
  instrumentOf(metric).recordInSeries(value, attributes)
}

// The metrics API has no proxy: an instrument made before the application starts its SDK is deaf for ever.
function instrumentOf(metric: Metric): Instrument {
  const current = metrics.getMeterProvider()
  if (current !== provider) {
    provider = current
    instruments.clear()
  }
  let instrument = instruments.get(metric)
  if (!instrument) {
    instrument = create(current.getMeter(SCOPE.name, SCOPE.version), metric)
    instruments.set(metric, instrument)
  }
  return instrument
}

function create(meter: Meter, metric: Metric): Instrument {
  const { name, instrument, unit, description, boundaries } = metric
  if (instrument === 'counter') {
    const counter = meter.createCounter(name, { unit, description })
    return plain((value, attributes) => counter.add(value, attributes))
  }
  if (instrument === 'gauge') {
    const gauge = meter.createGauge(name, { unit, description })
    return plain((value, attributes) => gauge.record(value, attributes))
  }
  const advice = boundaries ? { explicitBucketBoundaries: [...boundaries] } : {}
  const histogram = meter.createHistogram(name, { unit, description, advice })
  const bound = new WeakMap<Attributes, BoundHistogram>()
  return {
    record: (value, attributes) => histogram.record(value, attributes),
    recordInSeries: (value, attributes) => {
      let known = bound.get(attributes)
      if (!known) bound.set(attributes, (known = new BoundHistogram(histogram, attributes)))
      known.record(value)
    },
  }
}

function plain(record: Instrument['record']): Instrument {
  return { record, recordInSeries: record }
}
