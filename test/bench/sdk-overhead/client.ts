/** What a call is, in the conventions' words: what a hand-written span says of it. */
export interface Facts {
  readonly provider: string
  readonly host: string
  readonly model: string
  readonly temperature: number
  readonly maxTokens: number
  readonly responseId: string
  readonly responseModel: string
  readonly finishReason: string
  readonly inputTokens: number
  readonly outputTokens: number
  readonly system: string
  readonly question: string
  readonly text: string
}

/** What an application does with a client. */
export interface Calls {
  readonly call: () => Promise<unknown>
  readonly stream: () => Promise<AsyncIterable<unknown>>
}

/** An LLM client, and what its provider would answer. */
export interface Client {
  /** Its package. */
  readonly name: 'openai' | '@google/genai' | '@anthropic-ai/sdk'
  readonly facts: Facts
  create(module: unknown): object
  calls(client: object): Calls
  /** The answer to a call. */
  readonly answer: object
  /** The answer to a stream: the text of its events, so many of which hold a word. */
  events(words: number): string
}
