import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Signal } from '../otlp/messages.ts'
import type { Changes, Delivery, Encoding, Outcome, Reply } from './exchange.ts'

/** Bytes that may wait for the thread; more is refused until some of it is written. */
const MAX_WAITING = 67_108_864

const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js'

interface Waiting {
  readonly bytes: number
  readonly resolve: (outcome: Outcome) => void
}

/** Hands deliveries to the thread that writes. */
export class Ingest {
  readonly #worker: Worker
  readonly #onChanges: (changes: Changes) => void
  readonly #waiting = new Map<number, Waiting>()
  #bytes = 0
  #last = 0

  private constructor(worker: Worker, onChanges: (changes: Changes) => void) {
    this.#worker = worker
    this.#onChanges = onChanges
    worker.on('message', (reply: Reply) => this.#settle(reply))
  }

  /** Opens the storage; rejects where that cannot be. */
  static async start(location: string, onChanges: (changes: Changes) => void): Promise<Ingest> {
    const worker = new Worker(new URL(`thread.${EXTENSION}`, import.meta.url), {
      workerData: { location },
    })
    await once(worker, 'message')
    return new Ingest(worker, onChanges)
  }

  /** Whether there is room for a delivery now. */
  get isBusy(): boolean {
    return this.#bytes > MAX_WAITING
  }

  /** Resolves when it is kept, or cannot be. The bytes must not be used any more. */
  async deliver(signal: Signal, encoding: Encoding, body: Uint8Array): Promise<Outcome> {
    this.#last += 1
    const delivery: Delivery = { id: this.#last, signal, encoding, body }
    this.#bytes += body.byteLength
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    this.#waiting.set(delivery.id, { bytes: body.byteLength, resolve })
    this.#worker.postMessage(delivery)
    return promise
  }

  /** Resolves when everything is written that was delivered. */
  async close(): Promise<void> {
    this.#worker.postMessage('close')
    await once(this.#worker, 'exit')
  }

  #settle({ id, outcome }: Reply): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    this.#waiting.delete(id)
    this.#bytes -= waiting.bytes
    waiting.resolve(outcome)
    if (outcome.kind === 'kept') this.#onChanges(outcome.changes)
  }
}
