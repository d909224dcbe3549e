/** The few fields of `@google/genai` that are read, in every version of it. */

export interface Part {
  text?: string
  /** The text is the model's reasoning. */
  readonly thought?: boolean
  readonly inlineData?: { readonly data?: string; readonly mimeType?: string }
  readonly fileData?: { readonly fileUri?: string; readonly mimeType?: string }
  readonly functionCall?: { readonly id?: string; readonly name?: string; readonly args?: object }
  readonly functionResponse?: { readonly id?: string; readonly response?: unknown }
  readonly executableCode?: object
  readonly codeExecutionResult?: object
}

export interface Content {
  readonly role?: string
  readonly parts?: readonly Part[]
}

/** One content, or its parts, or a list of either: what the application writes, as it writes it. */
export type Contents = ContentItem | readonly ContentItem[]
export type ContentItem = string | Part | Content

export interface Tool {
  readonly functionDeclarations?: readonly { readonly name?: string }[]
}

interface CallConfig {
  readonly abortSignal?: AbortSignal
}

/** A request that is told of by its name alone. */
export interface PlainRequest {
  readonly model?: string
  readonly config?: CallConfig
}

export interface GenerateRequest {
  readonly model: string
  readonly contents?: Contents
  readonly config?: CallConfig & {
    readonly systemInstruction?: Contents
    readonly tools?: readonly Tool[]
    readonly temperature?: number
    readonly topP?: number
    readonly topK?: number
    readonly candidateCount?: number
    readonly maxOutputTokens?: number
    readonly stopSequences?: readonly string[]
    readonly presencePenalty?: number
    readonly frequencyPenalty?: number
    readonly seed?: number
    readonly serviceTier?: string
    readonly responseMimeType?: string
    readonly responseModalities?: readonly string[]
    readonly thinkingConfig?: {
      readonly thinkingLevel?: string
      readonly thinkingBudget?: number
    }
  }
}

export interface Candidate {
  readonly index?: number
  readonly content?: Content
  readonly finishReason?: string
}

/** A whole answer, or one chunk of it. */
export interface GenerateResponse {
  readonly responseId?: string
  readonly modelVersion?: string
  readonly candidates?: readonly Candidate[]
  readonly promptFeedback?: { readonly blockReason?: string }
  readonly usageMetadata?: UsageMetadata
}

export interface UsageMetadata {
  /** Cached tokens included. */
  readonly promptTokenCount?: number
  /** What tools of the provider's added to the prompt. */
  readonly toolUsePromptTokenCount?: number
  readonly cachedContentTokenCount?: number
  readonly candidatesTokenCount?: number
  readonly thoughtsTokenCount?: number
  readonly totalTokenCount?: number
  /** Of the Gemini API: `flex`, `standard`, `priority`. */
  readonly serviceTier?: string
  /** Of Vertex AI: `ON_DEMAND`, `ON_DEMAND_FLEX`, `PROVISIONED_THROUGHPUT`, … */
  readonly trafficType?: string
  readonly promptTokensDetails?: readonly ModalityTokens[]
  readonly toolUsePromptTokensDetails?: readonly ModalityTokens[]
  readonly candidatesTokensDetails?: readonly ModalityTokens[]
}

export interface ModalityTokens {
  readonly modality?: string
  readonly tokenCount?: number
}

export interface EmbedRequest {
  readonly model: string
  readonly config?: CallConfig & { readonly outputDimensionality?: number }
}

export interface EmbedResponse {
  readonly embeddings?: readonly { readonly statistics?: { readonly tokenCount?: number } }[]
  readonly usageMetadata?: UsageMetadata
}
