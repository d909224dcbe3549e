import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Signal } from '../otlp/messages.ts'
import type { Limits } from '../store/retention.ts'
import type { Changes, Delivery, Encoding, FromThread, Outcome } from './exchange.ts'

/** Bytes that may wait for the thread; more is refused until some of it is written. */
const MAX_WAITING = 67_108_864

const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js'

interface Waiting {
  readonly bytes: number
  readonly resolve: (outcome: Outcome) => void
}

export interface IngestOptions {
  readonly location: string
  readonly limits: Limits
  readonly onChanges: (changes: Changes) => void
  /** Is told what whoever started the viewer should know. */
  readonly onNotice: (notice: string) => void
  /** Is told when there is another file. */
  readonly onReplaced: () => void
}

/** Hands deliveries to the thread that writes. */
export class Ingest {
  readonly #worker: Worker
  readonly #options: IngestOptions
  readonly #waiting = new Map<number, Waiting>()
  #bytes = 0
  #last = 0

  private constructor(worker: Worker, options: IngestOptions) {
    this.#worker = worker
    this.#options = options
  }

  /** Opens the storage; rejects where that cannot be. */
  static async start(options: IngestOptions): Promise<Ingest> {
    const { location, limits } = options
    const worker = new Worker(new URL(`thread.${EXTENSION}`, import.meta.url), {
      workerData: { location, limits },
    })
    const ingest = new Ingest(worker, options)
    const { promise, resolve, reject } = Promise.withResolvers<undefined>()
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'ready') resolve(undefined)
      else ingest.#hear(message)
    })
    worker.once('error', (error) => {
      reject(error)
      ingest.#fail(error)
    })
    await promise
    return ingest
  }

  /** Whether there is room for a delivery now. */
  get isBusy(): boolean {
    return this.#bytes > MAX_WAITING || this.#worker.threadId === -1
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
    if (this.#worker.threadId === -1) return
    this.#worker.postMessage('close')
    await once(this.#worker, 'exit')
  }

  #hear(message: Exclude<FromThread, { kind: 'ready' }>): void {
    if (message.kind === 'notice') this.#options.onNotice(message.notice)
    else if (message.kind === 'replaced') this.#options.onReplaced()
    else this.#settle(message.id, message.outcome)
  }

  #settle(id: number, outcome: Outcome): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    this.#waiting.delete(id)
    this.#bytes -= waiting.bytes
    waiting.resolve(outcome)
    if (outcome.kind === 'kept') this.#options.onChanges(outcome.changes)
  }

  /** The thread is gone: nobody may wait for it. */
  #fail(error: Error): void {
    this.#options.onNotice(`writing has ended: ${error.message}`)
    for (const id of this.#waiting.keys())
      this.#settle(id, { kind: 'failed', reason: error.message })
  }
}
