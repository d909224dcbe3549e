/** What waits to be sent: no more than so much, the oldest is lost first. */
export class Waiting<T> {
  readonly #most: number
  readonly #lost: (count: number) => void
  #items: T[] = []
  #waiters: (() => void)[] = []
  #hasLost = false

  /** `lost` hears of the first loss until there is room again. */
  constructor(most: number, lost: (count: number) => void) {
    this.#most = most
    this.#lost = lost
  }

  get size(): number {
    return this.#items.length
  }

  add(item: T): void {
    this.#items.push(item)
    // cut seldom, since what is left has to move
    if (this.#items.length >= this.#most * 1.25) this.#cut()
  }

  /** The oldest ones, at most so many; nothing where nothing waits. */
  take(count: number): T[] | undefined {
    if (this.#items.length === 0) return undefined
    const taken = this.#items.splice(0, count)
    if (this.#items.length < this.#most / 2) this.#wake()
    return taken
  }

  putBack(items: readonly T[]): void {
    this.#items = [...items, ...this.#items]
    if (this.#items.length > this.#most) this.#cut()
  }

  /** Resolves when less than half of what may wait does. */
  async room(): Promise<void> {
    if (this.#items.length < this.#most / 2) return
    await new Promise<void>((resolve) => this.#waiters.push(resolve))
  }

  #wake(): void {
    this.#hasLost = false
    const waiters = this.#waiters
    this.#waiters = []
    for (const wake of waiters) wake()
  }

  #cut(): void {
    const count = this.#items.length - this.#most
    this.#items.splice(0, count)
    if (!this.#hasLost) this.#lost(count)
    this.#hasLost = true
  }
}
