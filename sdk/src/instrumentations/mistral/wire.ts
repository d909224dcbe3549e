/** The few fields of `@mistralai/mistralai` that are read, in versions 1 and 2: its own names, not those of the wire. */

/** What chats, agents and completions are asked for alike. */
export interface Parameters {
  readonly model?: string | null
  readonly maxTokens?: number | null
  readonly temperature?: number | null
  readonly topP?: number | null
  readonly frequencyPenalty?: number | null
  readonly presencePenalty?: number | null
  readonly randomSeed?: number | null
  readonly stop?: string | readonly string[] | null
  readonly n?: number | null
  /** Of `parse`, a schema in the place of a format. */
  readonly responseFormat?: { readonly type?: string } | null
  readonly reasoningEffort?: string | null
  readonly serviceTier?: string | null
  readonly tools?: readonly Tool[] | null
}

/** A function of the application's, or a tool of Mistral's own, which is its type. */
export interface Tool {
  readonly type?: string
  readonly function?: { readonly name?: string }
}

export interface ChatRequest extends Parameters {
  readonly messages?: readonly Message[]
}

/** What stands before and after what a model is to fill in. */
export interface FillRequest extends Parameters {
  readonly prompt?: string
  readonly suffix?: string | null
}

/** A part of a message: it has what its type says, or what came after this was written. */
export interface Chunk {
  readonly type?: string
  readonly text?: string
  readonly imageUrl?: string | { readonly url?: string }
  readonly documentUrl?: string
  readonly inputAudio?: string | Uint8Array
  readonly fileId?: string
  readonly thinking?: string | readonly Chunk[]
}

export type Content = string | readonly Chunk[] | null

export interface ToolCall {
  readonly id?: string
  readonly index?: number
  readonly function?: { readonly name?: string; readonly arguments?: string | object }
}

export interface Message {
  readonly role?: string | null
  readonly name?: string | null
  readonly content?: Content
  readonly toolCalls?: readonly ToolCall[] | null
  readonly toolCallId?: string | null
}

/** Details that the client hands on as they are on the wire. */
interface Details {
  readonly prompt_tokens_details?: { readonly cached_tokens?: number } | null
  readonly num_cached_tokens?: number | null
}

export interface TokenUsage extends Details {
  readonly promptTokens?: number
  readonly completionTokens?: number
  readonly serviceTier?: string | null
  /** Where version 1 puts what it has no name for. */
  readonly additionalProperties?: Details
  /** What connectors added to the conversation, beside the prompt. */
  readonly connectorTokens?: number | null
}

export interface Choice {
  readonly index?: number
  readonly message?: Message
  readonly finishReason?: string | null
}

/** An answer of a chat, an agent or a completion. */
export interface Completion {
  readonly id?: string
  readonly model?: string
  readonly usage?: TokenUsage | undefined
  readonly choices?: readonly Choice[]
}

export interface PieceChoice {
  readonly index?: number
  readonly delta?: Message
  readonly finishReason?: string | null
}

/** One event of a stream. */
export interface CompletionEvent {
  readonly data: Omit<Completion, 'choices'> & { readonly choices?: readonly PieceChoice[] }
}

export interface EmbeddingRequest {
  readonly model?: string
  readonly outputDimension?: number | null
  readonly encodingFormat?: string
}

/** One entry of a conversation: it has what its type says. */
export interface Entry {
  readonly type?: string
  readonly id?: string
  readonly role?: string
  readonly model?: string | null
  readonly content?: Content
  readonly toolCallId?: string
  readonly name?: string
  readonly arguments?: string | object
  readonly result?: string
}

/** A conversation that is begun, or one that goes on, whose request stands within. */
export interface ConversationRequest {
  readonly model?: string | null
  readonly inputs?: string | readonly Entry[]
  readonly instructions?: string | null
  readonly tools?: readonly Tool[] | null
  readonly completionArgs?: Parameters | null
  readonly conversationId?: string
  readonly conversationAppendRequest?: ConversationRequest
  readonly conversationAppendStreamRequest?: ConversationRequest
  readonly conversationRestartRequest?: ConversationRequest
  readonly conversationRestartStreamRequest?: ConversationRequest
}

export interface Conversation {
  readonly outputs?: readonly Entry[]
  readonly usage?: TokenUsage | undefined
}

/** One event of a conversation's stream. */
export interface ConversationEvent {
  readonly data: Entry & {
    readonly outputIndex?: number
    readonly usage?: TokenUsage
    readonly message?: string
    readonly code?: number
  }
}
