import { openToWrite, setAside } from '../store/database.ts'
import { type Limits, Retention } from '../store/retention.ts'
import type { Delivery, Outcome } from './exchange.ts'
import { Writer } from './writer.ts'

const FIRST_SWEEP_MS = 1000
const SWEEP_MS = 20_000

interface Listener {
  /** Is told what whoever started the viewer should know. */
  readonly tell: (notice: string) => void
  /** Is told when there is another file. */
  readonly replaced: () => void
}

/** Keeps what is delivered, within limits, and goes on with a new file where the old one is damaged. */
export class Keeper {
  readonly #location: string
  readonly #limits: Limits
  readonly #listener: Listener
  #writer: Writer
  #retention: Retention
  #close: () => void
  #timer: NodeJS.Timeout

  constructor(location: string, limits: Limits, listener: Listener) {
    this.#location = location
    this.#limits = limits
    this.#listener = listener
    ;[this.#writer, this.#retention, this.#close] = this.#open()
    this.#timer = setTimeout(() => this.#sweep(true), FIRST_SWEEP_MS)
  }

  write(delivery: Delivery): Outcome {
    const outcome = this.#writer.write(delivery)
    if (outcome.kind !== 'damaged') return outcome
    this.#close()
    this.#listener.tell(setAside(this.#location, `${this.#location} is damaged`))
    ;[this.#writer, this.#retention, this.#close] = this.#open()
    this.#listener.replaced()
    return this.#writer.write(delivery)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#close()
  }

  #open(): [Writer, Retention, () => void] {
    const { database, notice } = openToWrite(this.#location)
    if (notice !== undefined) this.#listener.tell(notice)
    return [new Writer(database), new Retention(database, this.#limits), () => database.close()]
  }

  #sweep(isFirst: boolean): void {
    let more = false
    try {
      more = this.#writer.inTransaction(() => {
        if (isFirst) this.#retention.mark(Date.now())
        return this.#retention.sweep(Date.now())
      })
      if (!more) this.#retention.shrink()
      this.#writer.forget()
    } catch (error) {
      this.#listener.tell(`old rows could not be deleted: ${String(error)}`)
    }
    this.#timer = setTimeout(() => this.#sweep(!more), more ? 10 : SWEEP_MS)
  }
}
