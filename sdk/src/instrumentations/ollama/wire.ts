/** The few fields of `ollama` that are read. */

export interface Options {
  readonly num_predict?: number
  readonly temperature?: number
  readonly top_p?: number
  readonly top_k?: number
  readonly frequency_penalty?: number
  readonly presence_penalty?: number
  readonly seed?: number
  readonly stop?: readonly string[]
}

/** What chats and completions are asked for alike. */
export interface ModelRequest {
  readonly model: string
  readonly stream?: boolean
  /** `json`, or a schema. */
  readonly format?: string | object
  /** Whether to think, or how much. */
  readonly think?: boolean | string
  readonly options?: Options
}

export interface ToolCall {
  readonly function: { readonly name: string; readonly arguments: unknown }
}

export interface ChatMessage {
  readonly role: string
  content?: string
  thinking?: string
  readonly images?: readonly (string | Uint8Array)[] | null
  tool_calls?: ToolCall[] | null
  /** Whose result a message of the role `tool` is. */
  readonly tool_name?: string
}

export interface ChatRequest extends ModelRequest {
  readonly messages?: readonly ChatMessage[]
  readonly tools?: readonly {
    readonly type: string
    readonly function?: { readonly name?: string }
  }[]
}

export interface GenerateRequest extends ModelRequest {
  readonly prompt?: string
  readonly system?: string
  readonly images?: ChatMessage['images']
}

/** What ends an answer, in the last line of a stream. */
export interface Ending {
  model?: string | undefined
  done_reason?: string | undefined
  prompt_eval_count?: number | undefined
  eval_count?: number | undefined
}

export interface ChatResponse extends Ending {
  readonly message?: ChatMessage
}

export interface GenerateResponse extends Ending {
  response?: string
  thinking?: string
}

export interface EmbedRequest {
  readonly model: string
  readonly dimensions?: number
}

export interface EmbedResponse {
  readonly model?: string
  readonly prompt_eval_count?: number
}
