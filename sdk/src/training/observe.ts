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
import * as catalogue from './metrics.ts'
import type { RunState } from './state.ts'
import { isFiniteNumber } from './step.ts'

// Observed, not written: a write costs 0.7 µs a metric and step in the JavaScript SDK, a read only
// happens at an export, and a run that has ended is simply not observed any more.

type Read = (run: RunState) => number | undefined

const SINGLE: readonly (readonly [Metric, Read])[] = [
  [catalogue.loss, ({ last }) => last?.loss],
  [catalogue.learningRate, ({ last }) => last?.learningRate],
  [catalogue.gradientNorm, ({ last }) => last?.gradientNorm],
  [catalogue.epoch, ({ epoch }) => epoch],
  [catalogue.steps, ({ steps }) => steps],
  [catalogue.tokens, ({ tokens }) => tokens],
  [catalogue.samples, ({ samples }) => samples],
  [catalogue.checkpoints, ({ checkpoints }) => checkpoints],
]

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
  const instruments = new Map<Metric, Observable>()
  for (const metric of [
    ...SINGLE.map(([single]) => single),
    catalogue.evaluation,
    catalogue.anomalies,
  ]) {
    instruments.set(metric, create(meter, metric))
  }
  const observables = [...instruments.values()]
  const callback: BatchObservableCallback = (result) => {
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

function observeRuns(
  result: BatchObservableResult,
  instruments: ReadonlyMap<Metric, Observable>,
): void {
  const write = (
    metric: Metric,
    value: number | undefined,
    attributes: RunState['attributes'],
  ): void => {
    const instrument = instruments.get(metric)
    if (instrument && isFiniteNumber(value)) result.observe(instrument, value, attributes)
  }
  for (const run of runs) {
    for (const [metric, read] of SINGLE) write(metric, read(run), run.attributes)
    for (const { value, attributes } of run.evaluations.values()) {
      write(catalogue.evaluation, value, attributes)
    }
    for (const { value, attributes } of run.anomalies.values()) {
      write(catalogue.anomalies, value, attributes)
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
