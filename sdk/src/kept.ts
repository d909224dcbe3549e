import { type Attributes, type MeterProvider, metrics } from '@opentelemetry/api'
import type { Metric } from './metrics.ts'
import { SCOPE } from './scope.ts'

export type Observe = (metric: Metric, value: number, attributes: Attributes) => void

/**
 * Values that are kept here and read when metrics are exported: for a call, as many synchronous
 * instruments would cost as much as its span.
 */
export class Kept<Values> {
  readonly #metrics: readonly Metric[]
  readonly #empty: () => Values
  readonly #read: (values: Values, observe: Observe) => void
  #provider: MeterProvider | undefined
  #values: Values

  /** `metrics` are counters, whose values are sums, or gauges. `read` observes what has been kept. */
  constructor(
    kept: readonly Metric[],
    empty: () => Values,
    read: (values: Values, observe: Observe) => void,
  ) {
    this.#metrics = kept
    this.#empty = empty
    this.#read = read
    this.#values = empty()
  }

  /** What is kept for the meter provider that is global now. */
  get values(): Values {
    const current = metrics.getMeterProvider()
    if (current !== this.#provider) {
      this.#provider = current
      // an instrument belongs to its provider for ever, and so does what was kept for it
      this.#values = this.#empty()
      this.#register(current, this.#values)
    }
    return this.#values
  }

  #register(provider: MeterProvider, values: Values): void {
    const meter = provider.getMeter(SCOPE.name, SCOPE.version)
    const instruments = new Map(
      this.#metrics.map((metric) => {
        const { name, instrument, unit, description } = metric
        const options = { unit, description }
        return [
          metric,
          instrument === 'counter'
            ? meter.createObservableCounter(name, options)
            : meter.createObservableGauge(name, options),
        ]
      }),
    )
    meter.addBatchObservableCallback(
      (result) => {
        this.#read(values, (metric, value, attributes) => {
          const instrument = instruments.get(metric)
          if (instrument) result.observe(instrument, value, attributes)
        })
      },
      [...instruments.values()],
    )
  }
}
