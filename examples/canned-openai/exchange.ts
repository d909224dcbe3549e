import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { ApiError } from './api-error.ts'
import type { Ledger, PromptCache } from './billing.ts'
import type { Pace } from './pace.ts'
import type { Quota } from './quota.ts'

/** What every endpoint shares. */
export interface Backend {
  readonly pace: Pace
  readonly ledger: Ledger
  readonly cache: PromptCache
  readonly quota: Quota
}

/** Answers one parsed request body; throws an `ApiError` for anything but a 200. */
export type Endpoint = (body: unknown, exchange: Exchange, backend: Backend) => Promise<void>

/** One response on its way, with the headers that OpenAI sends. */
export class Exchange {
  readonly #response: ServerResponse
  readonly #started = performance.now()
  readonly #abort = new AbortController()

  constructor(response: ServerResponse, quota: Quota) {
    this.#response = response
    response.on('close', () => this.#abort.abort())
    quota.requests.spend(1)
    response.setHeaders(
      new Map([
        ['x-llmscope-canned', 'true'],
        ['x-request-id', `req_${randomUUID().replaceAll('-', '')}`],
        ['openai-version', '2020-10-01'],
        ...quota.headers(),
      ]),
    )
  }

  /** Aborts when the client has left. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): void {
    this.#head(status, { 'content-type': 'application/json', ...headers })
    this.#response.end(JSON.stringify(body))
  }

  /** Says what went wrong; a stream that has begun can only be cut. */
  fail(error: unknown): void {
    if (this.#response.headersSent) {
      this.#response.destroy()
    } else if (error instanceof ApiError) {
      this.json(error.status, error.body, error.headers)
    } else {
      this.json(400, new ApiError(400, `This request cannot be read: ${String(error)}`).body)
    }
  }

  openStream(): void {
    this.#head(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  }

  send(event: object): void {
    this.#response.write(`data: ${JSON.stringify(event)}\n\n`)
  }

  endStream(): void {
    this.#response.end('data: [DONE]\n\n')
  }

  #head(status: number, headers: Readonly<Record<string, string>>): void {
    const elapsed = Math.round(performance.now() - this.#started)
    this.#response.writeHead(status, { 'openai-processing-ms': String(elapsed), ...headers })
  }
}
