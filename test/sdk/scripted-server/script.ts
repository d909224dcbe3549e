/** Tokens of one call as the server bills them: input includes all that is cached, output includes reasoning. */
export interface Usage {
  readonly input: number
  readonly cached: number
  readonly cacheWritten: number
  readonly output: number
  readonly reasoning: number
}

/** An HTTP error answer. */
export interface Refusal {
  readonly status: number
  readonly error: object
  readonly headers?: Readonly<Record<string, string>>
}

/** What every provider refuses, each in words and codes of its own. */
export type RefusalName =
  | 'badRequest'
  | 'unauthorized'
  | 'invalidKey'
  | 'forbidden'
  | 'notFound'
  | 'contextLength'
  | 'blockedPrompt'
  | 'rateLimit'
  | 'quota'
  | 'serverError'
  | 'overloaded'
  | 'deadline'

/** What one scripted model does, whichever API it is called through. */
export interface Script {
  /** The pieces of the answer's text, one stream event each. */
  readonly pieces: readonly string[]
  readonly finish: 'stop' | 'length' | 'content_filter'
  readonly refuses: boolean
  /** Calls the first tool of the request unless a tool result is already there. */
  readonly callsTools: boolean
  readonly toolArguments: string
  /** With `attempts`, only that many first attempts fail. */
  readonly rejects?: { readonly refusal: RefusalName; readonly attempts?: number }
  /** What becomes of so many first attempts before any header of theirs is sent. */
  readonly stumbles?: { readonly attempts: number; readonly how: 'destroy' | 'stall' }
  /** Milliseconds before the headers, the first event, and between two events. */
  readonly delay: { readonly headers: number; readonly first: number; readonly between: number }
  /** Ends a stream badly after so many events. */
  readonly cut?: {
    readonly after: number
    readonly how: 'error event' | 'destroy' | 'malformed' | 'stall' | 'end'
  }
  /** How events are laid on the wire: line ends, and bytes for each TCP packet. */
  readonly wire: { readonly crlf: boolean; readonly packet?: number }
}
