import type { WebSocket } from 'ws'
import type { Exchange } from './server.ts'
import type { Refusal, RefusalName, Script, Usage } from './script.ts'

/** What the server itself must know of a request, in whatever form the provider has it. */
export interface ScriptedRequest {
  /** Says what is to be done: `<script>` or `<script>:<anything>`. */
  readonly model: string
  readonly stream?: boolean
}

export interface ServerSentEvent {
  readonly event?: string
  readonly data: string
}

/** How events are laid on the wire, where not as server-sent ones. */
export interface Framing {
  readonly contentType: string
  readonly encode: (event: ServerSentEvent) => string | Uint8Array
}

/** One call as the transport sends it. */
export interface Answer {
  /** JSON, or lines of it. */
  readonly body: object | string
  readonly events: readonly ServerSentEvent[]
  /** What the call costs; absent where nothing is billed. */
  readonly usage?: Usage
  /** Whether the stream tells the client its usage. */
  readonly streamsUsage: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** One endpoint of a provider's API. */
export interface Api<Request extends ScriptedRequest> {
  /** The end of its path. */
  readonly path: string | RegExp
  answer(request: Request, script: Script): Answer
  /** How this API reports an error inside a stream that has begun. */
  readonly errorEvent?: ServerSentEvent
}

export type Received = Pick<Exchange, 'headers' | 'path' | 'body'>

/** How one provider speaks: the wire format in which scripts are played. */
export interface Dialect<Request extends ScriptedRequest> {
  /** What a client's base URL ends with. */
  readonly basePath: string
  /** The first that matches a path answers. */
  readonly apis: readonly Api<Request>[]
  readonly refusals: Readonly<Record<RefusalName, Refusal>>
  /** What a broken connection leaves of an event. */
  readonly malformed: string | Uint8Array
  readonly framing?: Framing
  read(url: URL, body: string, method: string): Request
  /** Answers a message on a WebSocket, where the API has them. */
  converse?(socket: WebSocket, message: string): void
  /** Headers of every answer. */
  headers(model: string): Readonly<Record<string, string>>
  /** 0 for the first attempt of a call; after that, which of its retries a request is. */
  attempt(request: Received, earlier: readonly Exchange[]): number
}

export const event = (data: object): ServerSentEvent => ({ data: JSON.stringify(data) })

/** How the clients of one generator (openai, anthropic, …) count their retries. */
export const countedAttempt = ({ headers }: Received): number =>
  Number(headers['x-stainless-retry-count'] ?? 0)
