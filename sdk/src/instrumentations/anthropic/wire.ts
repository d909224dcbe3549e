/** What is read of the Messages API, in all versions of the client. */

/** One block of content: of a request, of an answer, or of a tool's result. */
export interface Block {
  readonly type: string
  readonly [key: string]: unknown
}

export interface MessageParam {
  readonly role: string
  readonly content: string | readonly Block[]
}

export interface MessageRequest {
  readonly model: string
  readonly stream?: boolean
  readonly max_tokens?: number
  readonly temperature?: number
  readonly top_p?: number
  readonly top_k?: number
  readonly stop_sequences?: readonly string[]
  readonly service_tier?: string
  readonly output_config?: { readonly effort?: string; readonly format?: { readonly type: string } }
  /** Where betas of the API had it, before `output_config`. */
  readonly output_format?: { readonly type: string }
  readonly system?: string | readonly Block[]
  readonly messages: readonly MessageParam[]
  readonly tools?: readonly { readonly type?: string | null; readonly name: string }[]
}

/** The client's own options of one request. */
export interface RequestOptions {
  readonly openTelemetry?: { readonly conversationId?: string }
}

/** Tokens; `null` is what does not apply. */
export interface TokenCounts {
  readonly input_tokens?: number | null
  readonly output_tokens?: number | null | undefined
  readonly cache_read_input_tokens?: number | null
  readonly cache_creation_input_tokens?: number | null
  readonly cache_creation?: { readonly ephemeral_1h_input_tokens?: number | null } | null
}

/** Tokens of a message, without those of the compactions among its iterations. */
export interface MessageUsage extends TokenCounts {
  readonly iterations?: readonly (TokenCounts & { readonly type: string })[] | null
  readonly output_tokens_details?: { readonly thinking_tokens?: number | null } | null | undefined
  readonly service_tier?: string | null
}

export interface Message {
  readonly id: string
  readonly model: string
  readonly role: string
  readonly content: readonly Block[]
  readonly stop_reason?: string | null
  readonly usage?: MessageUsage
}

export type StreamEvent =
  | { readonly type: 'message_start'; readonly message: Message }
  | {
      readonly type: 'content_block_start'
      readonly index: number
      readonly content_block: Block
    }
  | { readonly type: 'content_block_delta'; readonly index: number; readonly delta: Delta }
  | {
      readonly type: 'message_delta'
      readonly delta: { readonly stop_reason?: string | null }
      readonly usage?: MessageUsage
    }
  | { readonly type: 'content_block_stop' | 'message_stop' | 'ping' }

export type Delta =
  | { readonly type: 'text_delta'; readonly text: string }
  | { readonly type: 'thinking_delta'; readonly thinking: string }
  | { readonly type: 'input_json_delta'; readonly partial_json: string }
  | { readonly type: 'citations_delta' | 'signature_delta' }
