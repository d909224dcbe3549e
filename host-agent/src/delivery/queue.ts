import type { Shelf } from './shelf.ts'

/** Why a batch was never delivered. */
export type Loss = 'full' | 'refused' | 'unreadable'

/** One batch that waits. */
export interface Waiting {
  readonly name: string
  readonly size: number
  /** Its bytes, where no shelf has them. */
  readonly bytes?: Buffer
}

export interface QueueState {
  readonly batches: number
  /** In bytes. */
  readonly size: number
  /** Batches lost since the start. */
  readonly lost: Readonly<Record<Loss, number>>
}

/**
 * Batches that wait to be sent, in their order: of so many bytes at most, beside the batch that is being
 * sent. With a shelf they survive the process; a batch that the shelf does not take waits in memory.
 */
export class Queue {
  readonly #limit: number
  readonly #shelf: Shelf | undefined
  readonly #log: Log
  readonly #keep: Keep
  readonly #waiting: Waiting[]
  readonly #lost = { full: 0, refused: 0, unreadable: 0 }
  readonly #waiters: (() => void)[] = []
  #next: number

  constructor(limit: number, shelf: Shelf | undefined, log: Log) {
    this.#limit = limit
    this.#shelf = shelf
    this.#log = log
    this.#keep = createKeep(shelf, log)
    this.#waiting = [...(shelf?.found ?? [])]
    this.#next = 1 + Number.parseInt(this.#waiting.at(-1)?.name ?? '0', 10)
  }

  get state(): QueueState {
    return { batches: this.#waiting.length, size: this.#size, lost: this.#lost }
  }

  get #size(): number {
    return this.#waiting.reduce((sum, { size }) => sum + size, 0)
  }

  /** Takes a batch; resolves when it is safe. Of too many bytes the oldest batches are lost. */
  async push(bytes: Buffer): Promise<void> {
    this.#waiting.push(await this.#keep(nameOf(this.#next++), bytes))
    while (this.#size > this.#limit) {
      // the first may be on its way just now
      const oldest = this.#waiting[1]
      if (!oldest) break
      if (this.#lost.full === 0) this.#log('the queue is full: the oldest that waits is lost now')
      await this.lose(oldest, 'full')
    }
  }

  /** Resolves when it is half empty: whoever can wait loses nothing. */
  async room(): Promise<void> {
    if (this.#size < this.#limit / 2) return
    await new Promise<void>((resolve) => this.#waiters.push(resolve))
  }

  /** The batch to be sent next; it is kept until it is removed or lost. */
  first(): Waiting | undefined {
    return this.#waiting[0]
  }

  /** @throws Error when the shelf does not give it. */
  async read({ name, bytes }: Waiting): Promise<Buffer> {
    const read = bytes ?? (await this.#shelf?.read(name))
    if (!read) throw new Error('it is not there')
    return read
  }

  /** Puts smaller batches in its place. */
  async replace(batch: Waiting, parts: readonly Buffer[]): Promise<void> {
    const kept = await Promise.all(
      parts.map((bytes, index) => this.#keep(`${stem(batch.name)}-${index}${SUFFIX}`, bytes)),
    )
    this.#waiting.splice(this.#waiting.indexOf(batch) + 1, 0, ...kept)
    await this.remove(batch)
  }

  async remove(batch: Waiting): Promise<void> {
    const index = this.#waiting.indexOf(batch)
    if (index < 0) return
    this.#waiting.splice(index, 1)
    if (this.#size < this.#limit / 2) for (const wake of this.#waiters.splice(0)) wake()
    if (!batch.bytes) await this.#shelf?.remove(batch.name).catch(() => {})
  }

  async lose(batch: Waiting, why: Loss): Promise<void> {
    this.#lost[why] += 1
    await this.remove(batch)
  }
}

export type Log = (line: string) => void

const SUFFIX = '.gz'
const DIGITS = 12

// names sort as the batches came; what a batch is halved into sorts in its place
const nameOf = (number: number): string => String(number).padStart(DIGITS, '0') + SUFFIX
const stem = (name: string): string => name.slice(0, -SUFFIX.length)

type Keep = (name: string, bytes: Buffer) => Promise<Waiting>

/** Puts batches on the shelf, or keeps them where it takes none, which is said when that changes. */
function createKeep(shelf: Shelf | undefined, log: Log): Keep {
  let failing = false
  return async (name, bytes) => {
    const size = bytes.length
    if (!shelf) return { name, size, bytes }
    try {
      await shelf.write(name, bytes)
      if (failing) log('the queue is on disk again')
      failing = false
      return { name, size }
    } catch (error) {
      if (!failing) log(`the queue cannot be kept on disk, only in memory: ${String(error)}`)
      failing = true
      return { name, size, bytes }
    }
  }
}
