// the factor that makes a median absolute deviation comparable to a standard deviation
const NORMAL = 1.4826
// a loss that hardly varies must not make every wobble an outlier
const LEAST_DEVIATION = 0.02
const REFRESH = 16

/** Robust statistics of the last values of a series, in constant memory. */
export class RobustWindow {
  readonly capacity: number
  size = 0
  readonly #ring: Float64Array
  readonly #sorted: Float64Array
  #oldest = 0
  #deviation = 0
  #age: number = REFRESH

  constructor(capacity = 128) {
    this.capacity = capacity
    this.#ring = new Float64Array(capacity)
    this.#sorted = new Float64Array(capacity)
  }

  get full(): boolean {
    return this.size === this.capacity
  }

  get median(): number {
    return this.#sorted[this.size >> 1] ?? Number.NaN
  }

  get highest(): number {
    return this.#sorted[this.size - 1] ?? Number.NaN
  }

  /** Median absolute deviation in the scale of a standard deviation; at most 16 values old. */
  get deviation(): number {
    if (this.#age >= REFRESH) {
      this.#age = 0
      const least = Math.max(LEAST_DEVIATION * Math.abs(this.median), 1e-6)
      this.#deviation = Math.max(NORMAL * this.#medianDeviation(), least)
    }
    return this.#deviation
  }

  /** Takes in a finite value, and forgets the oldest one if the window is full. */
  add(value: number): void {
    const sorted = this.#sorted
    let gap = this.size
    if (this.full) gap = this.#position(this.#ring[this.#oldest] ?? 0)
    else this.size += 1
    // the gap moves to where the value belongs
    for (; gap > 0 && (sorted[gap - 1] ?? 0) > value; gap -= 1) sorted[gap] = sorted[gap - 1] ?? 0
    const last = this.size - 1
    for (; gap < last && (sorted[gap + 1] ?? 0) < value; gap += 1)
      sorted[gap] = sorted[gap + 1] ?? 0
    sorted[gap] = value
    this.#ring[this.#oldest] = value
    this.#oldest = (this.#oldest + 1) % this.capacity
    this.#age += 1
  }

  /** Index of the first value that is not below `value`. */
  #position(value: number): number {
    let low = 0
    let high = this.size
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sorted[middle] ?? 0) < value) low = middle + 1
      else high = middle
    }
    return low
  }

  // in a sorted window the nearest half of the values lies around the median: walk outwards
  #medianDeviation(): number {
    const { median } = this
    const distance = (index: number): number =>
      index < 0 || index >= this.size ? Infinity : Math.abs((this.#sorted[index] ?? 0) - median)
    let left = (this.size >> 1) - 1
    let right = this.size >> 1
    let nearest = 0
    for (let count = 0; count <= this.size >> 1; count += 1) {
      nearest = Math.min(distance(left), distance(right))
      if (distance(left) <= distance(right)) left -= 1
      else right += 1
    }
    return nearest
  }
}
