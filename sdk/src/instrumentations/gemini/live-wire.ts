import type {
  Content,
  Contents,
  GenerateRequest,
  ModalityTokens,
  Part,
  UsageMetadata,
} from './wire.ts'

/** The few fields of live sessions that are read, in every version of `@google/genai`. */

/** What a session is opened with, and what the server makes of it. */
export interface Opening {
  readonly model: string
  readonly config?: GenerateRequest['config']
  /** Vertex AI's name of the session. */
  readonly sessionId?: string
}

/** What is said: by the application, in whichever way, or by the user, as the model has understood it. */
export interface Sent extends LiveMessage {
  readonly turns?: Contents
  readonly turnComplete?: boolean
  readonly text?: string
  readonly activityEnd?: object
  readonly functionResponses?: FunctionResponse | readonly FunctionResponse[]
}

type FunctionResponse = NonNullable<Part['functionResponse']>

/** A message of the server's. */
export interface LiveMessage {
  readonly setupComplete?: { readonly sessionId?: string }
  readonly serverContent?: {
    readonly modelTurn?: Content
    readonly outputTranscription?: { readonly text?: string }
    readonly inputTranscription?: { readonly text?: string }
    readonly turnComplete?: boolean
    readonly turnCompleteReason?: string
    /** The user has begun to speak. */
    readonly interrupted?: boolean
  }
  readonly toolCall?: { readonly functionCalls?: readonly NonNullable<Part['functionCall']>[] }
  /** Of the turn. */
  readonly usageMetadata?: LiveUsage
}

interface LiveUsage extends UsageMetadata {
  readonly responseTokenCount?: number
  readonly responseTokensDetails?: readonly ModalityTokens[]
}
