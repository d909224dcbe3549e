import {
  type BatchObservableCallback,
  type BatchObservableResult,
  type Meter,
  type MeterProvider,
  metrics,
  type Observable,
} from '@opentelemetry/api'
import { guard } from '../guard.ts'
import type { Metric } from '../metrics.ts'
import { SCOPE } from '../scope.ts'
import { OBSERVED, observations } from './observations.ts'
import { repeatNothing } from './repeated.ts'
import type { RunState } from './state.ts'

// Observed, not written: a write costs 0.7 µs a metric and step in the JavaScript SDK, a read only
// happens at an export, and a run that has ended is simply not observed any more.

// ended runs that nobody has read yet: where there is no reader they must not pile up
const MOST_UNREAD = 1000

const runs = new Set<RunState>()
let provider: MeterProvider | undefined
let stop: (() => void) | undefined

/** Exports the metrics of a run from now until the first export after its end. */
export function publish(run: RunState): void {
  if (runs.size >= MOST_UNREAD) dropOldestEnded()
  runs.add(run)
  attach()
}

/** Follows the application's meter provider: the metrics API has no proxy, and a late SDK would hear nothing. */
export function attach(): void {
  const current = metrics.getMeterProvider()
  if (current === provider) return
  provider = current
  stop?.()
  stop = observe(current.getMeter(SCOPE.name, SCOPE.version))
}

function observe(meter: Meter): () => void {
  const instruments = new Map(OBSERVED.map((metric) => [metric, create(meter, metric)]))
  const observables = [...instruments.values()]
  const gauges = OBSERVED.filter(isGauge).flatMap((metric) => instruments.get(metric) ?? [])
  const callback: BatchObservableCallback = (result) => {
    guard('training.repeated', () => gauges.forEach(repeatNothing))
    guard('training.observe', () => observeRuns(result, instruments))
  }
  meter.addBatchObservableCallback(callback, observables)
  return () => meter.removeBatchObservableCallback(callback, observables)
}

function create(meter: Meter, { name, instrument, unit, description }: Metric): Observable {
  return instrument === 'counter'
    ? meter.createObservableCounter(name, { unit, description })
    : meter.createObservableGauge(name, { unit, description })
}

const isGauge = ({ instrument }: Metric): boolean => instrument === 'gauge'

function observeRuns(
  result: BatchObservableResult,
  instruments: ReadonlyMap<Metric, Observable>,
): void {
  for (const run of runs) {
    for (const { metric, value, attributes } of observations(run)) {
      const instrument = instruments.get(metric)
      if (instrument) result.observe(instrument, value, attributes)
    }
    if (run.ended) runs.delete(run)
  }
}

function dropOldestEnded(): void {
  for (const run of runs) {
    if (!run.ended) continue
    runs.delete(run)
    return
  }
}
