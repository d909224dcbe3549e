import type { Observable } from '@opentelemetry/api'

// What an OpenTelemetry SDK, 2.x and 3.x, has inside, as far as is read here. None of it is public: to a
// reader of cumulative metrics it tells for ever what a gauge was last observed at.

interface Accumulations {
  get(key: unknown, hash?: unknown): unknown
}

interface Told {
  accumulations: Accumulations
}

interface Storage {
  readonly _temporalMetricStorage?: {
    /** What was told last, by reader. */
    readonly _reportHistory?: ReadonlyMap<unknown, Told>
  }
}

interface Instrument extends Observable {
  readonly _metricStorages?: readonly Storage[]
}

/**
 * Has a gauge tell nothing but what it is observed at in the collection that goes on. Where the SDK is not as it is
 * known, it goes on to repeat.
 */
export function repeatNothing(gauge: Observable): void {
  const { _metricStorages: storages = [] } = gauge as Instrument
  for (const { _temporalMetricStorage: storage = {} } of storages) {
    const { _reportHistory: history } = storage
    for (const told of history?.values() ?? []) {
      const { constructor: Class } = told.accumulations
      told.accumulations = new (Class as new () => Accumulations)()
    }
  }
}
