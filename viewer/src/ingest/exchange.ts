import type { Rejection, Signal } from '../otlp/messages.ts'

export type Encoding = 'protobuf' | 'json'

/** The body of one request, on its way to the thread that writes. */
export interface Delivery {
  readonly id: number
  readonly signal: Signal
  readonly encoding: Encoding
  readonly body: Uint8Array
}

/** What changed by a delivery. */
export interface Changes {
  /** Rows of the traces. */
  readonly traces: readonly number[]
  readonly spans: number
  readonly points: number
  readonly logs: number
  readonly rejected: number
  readonly runs: boolean
}

export type Outcome =
  | { readonly kind: 'kept'; readonly rejection: Rejection | undefined; readonly changes: Changes }
  /** It can never be kept. */
  | { readonly kind: 'malformed'; readonly reason: string }
  /** It could be kept if it came again. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The file is damaged. */
  | { readonly kind: 'damaged'; readonly reason: string }

/** What the thread that writes says. */
export type FromThread =
  | { readonly kind: 'ready' }
  /** Something that whoever started the viewer should know. */
  | { readonly kind: 'notice'; readonly notice: string }
  /** There is another file now. */
  | { readonly kind: 'replaced' }
  | { readonly kind: 'reply'; readonly id: number; readonly outcome: Outcome }
