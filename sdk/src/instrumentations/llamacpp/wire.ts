/** What is read of what node-llama-cpp is given, and gives back. */

/** Where a model's tokens are, while it writes. */
export interface Sequence {
  readonly model?: Model
  readonly nextTokenIndex: number
  readonly tokenMeter: { readonly usedInputTokens: number; readonly usedOutputTokens: number }
}

export interface Model {
  readonly filename?: string
  readonly llama?: { readonly gpu?: string | false }
  readonly fileInfo?: { readonly metadata?: { readonly general?: { readonly file_type?: number } } }
}

/** What runs a model: a chat, a completion, a context for vectors or ranks. */
export interface Runner {
  readonly _sequence?: Sequence | null
}

/** What all that write are asked for alike. */
export interface Options {
  readonly onTextChunk?: unknown
  readonly onToken?: unknown
  readonly onResponseChunk?: unknown
  readonly onFunctionCall?: unknown
  readonly maxTokens?: number
  readonly temperature?: number
  readonly topK?: number
  readonly topP?: number
  readonly seed?: number
  readonly repeatPenalty?:
    | false
    | { readonly frequencyPenalty?: number; readonly presencePenalty?: number }
  readonly customStopTriggers?: readonly unknown[]
  readonly functions?: Readonly<Record<string, unknown>>
}

/** An item of a chat: what the system, the user or the model says. */
export interface ChatItem {
  readonly type: string
  readonly text?: unknown
  readonly response?: readonly ResponseItem[]
}

/** What the model says: text, a thought or the like, or a call of a function with its result. */
export type ResponseItem = string | Segment | FunctionCall

interface Segment {
  readonly type: 'segment'
  readonly text: string
}

interface FunctionCall {
  readonly type: 'functionCall'
  readonly name: string
  readonly params?: unknown
  readonly result?: unknown
}

/** What comes of writing. */
export interface Written {
  /** Of a chat, with thoughts. */
  readonly fullResponse?: readonly ResponseItem[]
  readonly functionCalls?: readonly { readonly functionName: string; readonly params?: unknown }[]
  /** Of a completion. */
  readonly response?: string
  /** Of what the user is about to say. */
  readonly completion?: string
  readonly metadata?: { readonly stopReason?: string }
}
