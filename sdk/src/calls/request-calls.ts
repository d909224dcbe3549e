import { AsyncLocalStorage } from 'node:async_hooks'

const requests = new AsyncLocalStorage<RequestCalls>()

/** The calls that one request to a serverless function has begun, streams included, which outlive its response. */
export class RequestCalls {
  #open = 0
  #idle: (() => void) | undefined

  /** Those of the request that is handled here, if any. */
  static current(): RequestCalls | undefined {
    return requests.getStore()
  }

  /** What begins inside belongs to them. */
  run<T>(fn: () => T): T {
    return requests.run(this, fn)
  }

  begin(): void {
    this.#open += 1
  }

  end(): void {
    this.#open -= 1
    if (this.#open === 0) this.#idle?.()
  }

  get areOpen(): boolean {
    return this.#open > 0
  }

  /** Resolves when none is open. */
  async ended(): Promise<void> {
    if (this.areOpen) await new Promise<void>((resolve) => (this.#idle = resolve))
  }
}
