import type { Attributes, Histogram } from '@opentelemetry/api'

// What an OpenTelemetry SDK, 2.x and 3.x, has inside, as far as is read here. None of it is public: by the
// API every value comes with its attributes, which the SDK sorts and makes JSON of, 2 µs each time.

interface Accumulation {
  record(value: number): void
}

interface Accumulations {
  get(attributes: Attributes): Accumulation | undefined
}

interface Kept {
  /** Another object after each collection. */
  readonly _activeCollectionStorage?: Accumulations
}

interface Storage {
  readonly _attributesProcessor?: unknown
  readonly _deltaMetricStorage?: Kept
  readonly _backingStorages?: readonly Storage[]
}

interface Instrument extends Histogram {
  readonly _writableMetricStorage?: Storage
}

/** Where the SDK adds up what has the same attributes, until it is collected. */
interface Place {
  readonly kept: Kept
  readonly accumulations: Accumulations
  readonly accumulation: Accumulation
}

/**
 * A histogram with attributes that stay the same, which are looked up once a collection. Where the SDK is not
 * as it is known, or a view has a say in the attributes, each value goes by the API.
 */
export class BoundHistogram {
  readonly #histogram: Histogram
  readonly #attributes: Attributes
  readonly #kept: readonly Kept[]
  #places: readonly Place[] = []

  constructor(histogram: Histogram, attributes: Attributes) {
    this.#histogram = histogram
    this.#attributes = attributes
    const { _writableMetricStorage: storage } = histogram as Instrument
    this.#kept = keptBy(storage)
  }

  record(value: number): void {
    if (this.#places.length > 0 && this.#places.every(isCurrent)) {
      for (const { accumulation } of this.#places) accumulation.record(value)
      return
    }
    this.#histogram.record(value, this.#attributes)
    this.#places = this.#find()
  }

  #find(): Place[] {
    const places = this.#kept.map((kept) => placeIn(kept, this.#attributes))
    return places.every((place) => place !== undefined) ? places : []
  }
}

/** Of every reader of the metric; none where one of them cannot be read here. */
function keptBy(storage: Storage = {}): readonly Kept[] {
  const { _backingStorages: storages = [storage] } = storage
  const kept = storages.map(({ _attributesProcessor: view, _deltaMetricStorage: own }) =>
    view === undefined ? own : undefined,
  )
  return kept.every((one) => one !== undefined) ? kept : []
}

function placeIn(kept: Kept, attributes: Attributes): Place | undefined {
  const { _activeCollectionStorage: accumulations } = kept
  const accumulation = accumulations?.get(attributes)
  return accumulations && accumulation && { kept, accumulations, accumulation }
}

function isCurrent({ kept, accumulations }: Place): boolean {
  const { _activeCollectionStorage: current } = kept
  return current === accumulations
}
