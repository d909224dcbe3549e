import type { PlainOperation } from './plain-operations.ts'

/**
 * The provider-neutral vocabulary. Adapters speak it; only `attributes.ts` and `metrics.ts` turn it
 * into OpenTelemetry names.
 */

/** What a call does; `operation-kinds.ts` says what is measured of each. */
export type Operation =
  | 'chat'
  | 'text_completion'
  | 'generate_content'
  | 'embeddings'
  | PlainOperation

/** One part of a message, in the shape of the GenAI conventions' message schema. */
export interface Part {
  readonly type: string
  readonly [key: string]: unknown
}

export interface Message {
  readonly role: string
  readonly parts: readonly Part[]
  readonly name?: string | undefined
}

export interface ToolDefinition {
  readonly type: string
  readonly name: string
}

/** What the application asked for. Functions are called at once, but only when content is captured. */
export interface GenAiRequest {
  readonly model: string | undefined
  readonly stream?: boolean | undefined
  readonly choiceCount?: number | undefined
  readonly maxTokens?: number | undefined
  readonly temperature?: number | undefined
  readonly topP?: number | undefined
  readonly topK?: number | undefined
  readonly frequencyPenalty?: number | undefined
  readonly presencePenalty?: number | undefined
  readonly seed?: number | undefined
  readonly stopSequences?: readonly string[] | undefined
  readonly outputType?: 'text' | 'json' | 'image' | 'speech' | undefined
  /** Exactly as sent: `low`, `high`, … */
  readonly reasoningLevel?: string | undefined
  readonly previousResponseId?: string | undefined
  readonly conversationId?: string | undefined
  readonly encodingFormats?: readonly string[] | undefined
  readonly dimensionCount?: number | undefined
  readonly apiType?: 'chat_completions' | 'responses' | undefined
  readonly serviceTier?: string | undefined
  /** What the provider is to check the conversation by. */
  readonly guardrailId?: string | undefined
  /** What a model in this process runs on: `cpu`, `cuda`, `metal`, … */
  readonly device?: string | undefined
  /** How it keeps its weights: `fp32`, `q4`, `Q4_K_M`, … */
  readonly dtype?: string | undefined
  /** Whether the application has called it off: asked where an error can be that or a timeout. */
  readonly isCancelled?: () => boolean
  readonly messages?: () => readonly Message[]
  readonly instructions?: () => readonly Part[]
  readonly tools?: () => readonly ToolDefinition[]
}

/** Tokens as the provider counted them. */
export interface Usage {
  /** Cached and audio tokens included. */
  readonly input?: number | undefined
  /** Reasoning and audio tokens included. */
  readonly output?: number | undefined
  readonly cacheRead?: number | undefined
  readonly cacheWrite?: number | undefined
  /** Those of `cacheWrite` that are kept for an hour, which has a price of its own. */
  readonly cacheWriteHour?: number | undefined
  readonly reasoning?: number | undefined
  readonly audioInput?: number | undefined
  readonly audioOutput?: number | undefined
  readonly imageInput?: number | undefined
  readonly imageOutput?: number | undefined
}

/** What the provider answered, as far as it came. */
export interface GenAiResponse {
  readonly id?: string | undefined
  readonly model?: string | undefined
  /** One per choice, in the order of the choices. */
  readonly finishReasons?: readonly string[] | undefined
  readonly status?: string | undefined
  readonly usage?: Usage | undefined
  /** What the provider itself says that the call cost, in USD. */
  readonly cost?: number | undefined
  readonly serviceTier?: string | undefined
  readonly systemFingerprint?: string | undefined
  /** The application had it stop, and took what there was. */
  readonly isCancelled?: boolean | undefined
  /** Set when a call that came back without an exception failed all the same. */
  readonly error?: unknown
  readonly messages?: () => readonly Message[]
}
