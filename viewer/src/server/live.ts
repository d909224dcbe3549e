import type { ServerResponse } from 'node:http'
import type { LiveChange, LiveTraces } from '../api.ts'
import type { Changes } from '../ingest/exchange.ts'
import type { Store } from '../store/store.ts'

const EVERY_MS = 500
const MAX_TRACES = 100
const MAX_LISTENERS = 64

/** Tells open pages what has arrived, at most twice a second. */
export class Live {
  readonly #store: Store
  readonly #listeners = new Set<ServerResponse>()
  readonly #traces = new Set<number>()
  #changed: LiveChange = { metrics: false, logs: false, runs: false }
  #timer: NodeJS.Timeout | undefined

  constructor(store: Store) {
    this.#store = store
  }

  /** Keeps an answer open; false where too many are. */
  listen(response: ServerResponse): boolean {
    if (this.#listeners.size >= MAX_LISTENERS) return false
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('retry: 1000\n\n')
    this.#listeners.add(response)
    response.on('close', () => this.#listeners.delete(response))
    return true
  }

  add({ traces, points, logs, runs }: Changes): void {
    if (this.#listeners.size === 0) return
    for (const trace of traces) {
      // again at the end: the newest are told of
      this.#traces.delete(trace)
      this.#traces.add(trace)
    }
    this.#changed = {
      metrics: this.#changed.metrics || points > 0,
      logs: this.#changed.logs || logs > 0,
      runs: this.#changed.runs || runs,
    }
    this.#timer ??= setTimeout(() => this.#tell(), EVERY_MS)
  }

  close(): void {
    clearTimeout(this.#timer)
    for (const listener of this.#listeners) listener.end()
  }

  #tell(): void {
    this.#timer = undefined
    const rows = [...this.#traces].slice(-MAX_TRACES)
    this.#traces.clear()
    if (rows.length > 0) {
      this.#send('traces', { traces: this.#store.traces.summaries(rows) } satisfies LiveTraces)
    }
    if (Object.values(this.#changed).some(Boolean)) this.#send('changed', this.#changed)
    this.#changed = { metrics: false, logs: false, runs: false }
  }

  #send(event: string, data: LiveTraces | LiveChange): void {
    const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    for (const listener of this.#listeners) {
      // one that does not read loses events, and asks anew when it comes back
      if (listener.writableLength > 1_048_576) listener.destroy()
      else listener.write(text)
    }
  }
}
