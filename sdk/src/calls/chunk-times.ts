import { settings } from '../options.ts'

/** How many gaps between chunks are kept before they are recorded, all at once. */
const MOST_GAPS = 64

/** When the chunks of a call came, by `performance.now()`. */
export class ChunkTimes {
  readonly #start: number
  #first: number | undefined
  #last: number
  #count = 0
  readonly #gaps: number[] = []
  readonly #measuresGaps: boolean = settings().timePerOutputChunk

  constructor(start: number) {
    this.#start = this.#last = start
  }

  /** A chunk has come. Returns when, in milliseconds. */
  note(): number {
    const now = performance.now()
    if (this.#first === undefined) this.#first = now
    else if (this.#measuresGaps) this.#gaps.push((now - this.#last) / 1000)
    this.#count += 1
    return (this.#last = now)
  }

  /** Seconds from the start of the call to its first chunk. */
  get toFirst(): number | undefined {
    return this.#first === undefined ? undefined : (this.#first - this.#start) / 1000
  }

  /** Whether more gaps have come together than are to be kept. */
  get areMany(): boolean {
    return this.#gaps.length >= MOST_GAPS
  }

  /** The gaps, in seconds, that were not taken yet. */
  takeGaps(): number[] {
    return this.#gaps.splice(0)
  }

  /** How many of so many tokens came in a second, once the first had come. */
  rateOf(tokens: number | undefined): number | undefined {
    if (tokens === undefined || this.#first === undefined) return undefined
    const seconds = (this.#last - this.#first) / 1000
    return seconds > 0 ? (tokens * (1 - 1 / this.#count)) / seconds : undefined
  }
}
