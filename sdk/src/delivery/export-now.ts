import { type Attributes, type HrTime, metrics } from '@opentelemetry/api'
import * as ownMetrics from '../metrics-opentelemetry.ts'
import { type Exporter, search } from './transport.ts'

// What an OpenTelemetry SDK, 2.x and 3.x, has inside, as far as is read here. None of it is public: its
// own ways to flush wait for promises, which a process that exits settles no more.

interface BatchProcessor {
  readonly _exporter: Exporter
  readonly _finishedSpans?: unknown[]
  readonly _finishedLogRecords?: unknown[]
}

interface Storage {
  record(measurements: ReadonlyMap<Attributes, number>, time: HrTime): void
  collect(collector: Collector, time: HrTime): MetricData | undefined
}

interface Observable {
  readonly _metricStorages: readonly Storage[]
}

interface ScopeMetrics {
  readonly scope: object
  readonly metrics: readonly MetricData[]
}

interface MetricData {
  readonly descriptor: { readonly name: string }
}

interface MeterState {
  readonly _instrumentationScope: object
  readonly metricStorageRegistry: { getStorages(collector: Collector): readonly Storage[] }
  readonly observableRegistry: {
    readonly _batchCallbacks: ReadonlyArray<{ readonly callback: (result: object) => unknown }>
  }
}

interface Collector {
  readonly _metricReader: { readonly _exporter?: Exporter }
}

interface MeterProvider {
  readonly _sharedState?: {
    readonly resource: object
    readonly meterSharedStates: ReadonlyMap<string, MeterState>
    readonly metricCollectors: readonly Collector[]
  }
}

/** What OpenTelemetry's SDK counts of its own exports. */
const counted = new Set(Object.values(ownMetrics).map(({ name }) => name))

const ignore = (): void => {}

/** The metrics that an exporter has sent last. */
const sent = new WeakMap<Exporter, string>()

/** Remembers what an exporter of metrics sends: an exit need not send the same again. */
export function rememberMetrics(exporter: Exporter): void {
  const send = exporter.export.bind(exporter)
  exporter.export = (items, done) => {
    const { scopeMetrics } = items as { readonly scopeMetrics?: readonly ScopeMetrics[] }
    const values = scopeMetrics && valuesOf(scopeMetrics)
    send(items, (result) => {
      if (values !== undefined && result.code === 0) sent.set(exporter, values)
      done(result)
    })
  }
}

/** The values, without the times, and without what each export changes by being counted. */
function valuesOf(scopeMetrics: readonly ScopeMetrics[]): string {
  const collected = scopeMetrics
    .flatMap((scope) => scope.metrics)
    .filter(({ descriptor }) => !counted.has(descriptor.name))
  return JSON.stringify(collected, (key, value: unknown) =>
    key === 'startTime' || key === 'endTime' ? undefined : value,
  )
}

/** Has the exporters of an SDK export, in this very moment, the spans and logs that are queued. */
export function exportQueued(sdk: object): void {
  for (const part of search(sdk, (candidate) => '_exporter' in candidate)) {
    const { _exporter: exporter, _finishedSpans, _finishedLogRecords } = part as BatchProcessor
    const items = (_finishedSpans ?? _finishedLogRecords)?.splice(0)
    if (items && items.length > 0) exporter.export(items, ignore)
  }
}

/** Has the exporters of the global meter provider export, in this very moment, what is measured. */
export function exportMetrics(): void {
  const { _sharedState: state } = metrics.getMeterProvider() as MeterProvider
  if (!state) return
  const now = Date.now()
  const time: HrTime = [Math.trunc(now / 1000), (now % 1000) * 1_000_000]
  const meters = [...state.meterSharedStates.values()]
  for (const meter of meters) observe(meter, time)
  for (const collector of state.metricCollectors) {
    const { _exporter: exporter } = readerOf(collector)
    const scopeMetrics = meters
      .map((meter) => collect(meter, collector, time))
      .filter((scope) => scope.metrics.length > 0)
    if (!exporter || scopeMetrics.length === 0) continue
    const isNews = sent.get(exporter) !== valuesOf(scopeMetrics)
    if (isNews) exporter.export({ resource: state.resource, scopeMetrics }, ignore)
  }
}

const readerOf = ({ _metricReader: reader }: Collector): Collector['_metricReader'] => reader

function collect(meter: MeterState, collector: Collector, time: HrTime): ScopeMetrics {
  const { _instrumentationScope: scope, metricStorageRegistry: registry } = meter
  const collected = registry.getStorages(collector).map((one) => one.collect(collector, time))
  return { scope, metrics: collected.filter((metric) => metric !== undefined) }
}

/** Asks the batch callbacks, which are what our counters of tokens use. */
function observe({ observableRegistry }: MeterState, time: HrTime): void {
  const observed = new Map<Observable, Map<Attributes, number>>()
  const result = {
    observe: (instrument: Observable, value: number, attributes: Attributes = {}) => {
      const values = observed.get(instrument) ?? new Map<Attributes, number>()
      observed.set(instrument, values.set(attributes, value))
    },
  }
  const { _batchCallbacks: callbacks } = observableRegistry
  for (const { callback } of callbacks) callback(result)
  for (const [{ _metricStorages: storages }, values] of observed) {
    for (const storage of storages) storage.record(values, time)
  }
}
