/** The few fields of `@aws-sdk/client-bedrock-runtime` that are read, in every version of it. */

/** What the client's `send` is given. */
export interface Command<Input = unknown> {
  readonly input: Input
}

export interface SendOptions {
  readonly abortSignal?: { readonly aborted: boolean }
}

/** Bytes in place, or where they lie. */
export interface Source {
  readonly bytes?: Uint8Array | string
  readonly s3Location?: { readonly uri?: string }
  readonly text?: string
  readonly content?: readonly Block[]
}

export interface Media {
  readonly format?: string
  readonly source?: Source
}

/** One block of content: it has one of these, or what came after this was written. */
export interface Block {
  readonly text?: string
  readonly image?: Media
  readonly document?: Media
  readonly video?: Media
  readonly audio?: Media
  readonly toolUse?: {
    readonly toolUseId?: string
    readonly name?: string
    readonly input?: unknown
  }
  readonly toolResult?: { readonly toolUseId?: string; readonly content?: readonly Block[] }
  readonly reasoningContent?: { readonly reasoningText?: { readonly text?: string } }
  readonly guardContent?: { readonly text?: { readonly text?: string }; readonly image?: Media }
  readonly citationsContent?: { readonly content?: readonly Block[] }
  readonly cachePoint?: object
  readonly json?: unknown
}

export interface Message {
  readonly role?: string
  readonly content?: readonly Block[]
}

export interface Tool {
  readonly toolSpec?: { readonly name?: string }
  readonly systemTool?: { readonly name?: string }
}

/** A request of Converse, or the body of one for an Amazon Nova model, which is the same but for some names. */
export interface ConverseRequest {
  readonly modelId?: string
  readonly messages?: readonly Message[]
  readonly system?: readonly Block[]
  readonly inferenceConfig?: {
    readonly maxTokens?: number
    /** As Nova's own body calls it. */
    readonly max_new_tokens?: number
    readonly temperature?: number
    readonly topP?: number
    readonly topK?: number
    readonly stopSequences?: readonly string[]
  }
  readonly toolConfig?: { readonly tools?: readonly Tool[] }
  readonly guardrailConfig?: { readonly guardrailIdentifier?: string }
  /** What a model alone knows: `top_k` of Claude, `inferenceConfig` of Nova. */
  readonly additionalModelRequestFields?: {
    readonly top_k?: number
    readonly inferenceConfig?: { readonly topK?: number }
    readonly output_config?: { readonly effort?: string }
    readonly reasoning_effort?: string
    readonly reasoningConfig?: { readonly maxReasoningEffort?: string }
  }
  readonly serviceTier?: { readonly type?: string }
  readonly outputConfig?: { readonly textFormat?: { readonly type?: string } }
}

/** Tokens: what is read from and written to a cache is beside the input. */
export interface TokenUsage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly cacheReadInputTokens?: number
  readonly cacheWriteInputTokens?: number
  readonly cacheDetails?: readonly { readonly ttl?: string; readonly inputTokens?: number }[]
  /** As Nova's own body calls them. */
  readonly cacheReadInputTokenCount?: number
  readonly cacheWriteInputTokenCount?: number
}

/** What a stream tells at its end. */
export interface Metadata {
  readonly usage?: TokenUsage
  readonly serviceTier?: { readonly type?: string }
  readonly trace?: { readonly promptRouter?: { readonly invokedModelId?: string } }
}

export interface ConverseResponse extends Metadata {
  readonly output?: { readonly message?: Message }
  readonly stopReason?: string
}

interface At {
  readonly contentBlockIndex?: number
}

/** One event of a stream: it has one of these. */
export interface ConverseEvent {
  readonly messageStart?: { readonly role?: string }
  readonly contentBlockStart?: At & {
    readonly start?: { readonly toolUse?: { readonly toolUseId?: string; readonly name?: string } }
  }
  readonly contentBlockDelta?: At & { readonly delta?: Delta }
  readonly messageStop?: { readonly stopReason?: string }
  readonly metadata?: Metadata
}

export interface Delta {
  readonly text?: string
  readonly toolUse?: { readonly input?: string }
  readonly reasoningContent?: { readonly text?: string }
}

/** A body as the application and the client have it. */
export type Body = string | Uint8Array | ArrayBuffer

export interface InvokeRequest {
  readonly modelId?: string
  readonly body?: Body
  readonly guardrailIdentifier?: string
  readonly serviceTier?: string
}

export interface InvokeResponse {
  readonly body?: Uint8Array
  readonly serviceTier?: string
}

export interface InvokeEvent {
  readonly chunk?: { readonly bytes?: Uint8Array }
}
