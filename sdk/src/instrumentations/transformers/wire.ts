/** What is read of what transformers.js is given, and gives back: the same in the majors that are tested. */

export interface Tensor {
  readonly dims: readonly number[]
  readonly data: ArrayLike<number | bigint>
  tolist(): unknown
}

/** Is handed the tokens of the prompt, then those of each step, one for each text. */
export interface Streamer {
  put(tokens: readonly (readonly (number | bigint)[])[]): unknown
  end(): unknown
  readonly tokenizer?: Tokenizer
}

export interface Tokenizer {
  decode(tokens: readonly (number | bigint)[], options: object): string
}

export interface Model {
  readonly config?: {
    readonly _name_or_path?: string
    readonly model_type?: string
    readonly eos_token_id?: number | readonly number[] | null
  }
  readonly generation_config?: GenerationConfig | null
  readonly sessions?: Readonly<Record<string, { readonly config?: Placement }>>
}

/** Where a model's weights are, and how. */
export interface Placement {
  readonly device?: string
  readonly dtype?: string
}

export interface GenerationConfig {
  readonly max_new_tokens?: number | null
  readonly max_length?: number | null
  readonly eos_token_id?: number | readonly number[] | null
  readonly temperature?: number
  readonly top_k?: number
  readonly top_p?: number
}

/** What `generate` is given: parameters, and what the model is to go on from. */
export interface GenerateOptions extends GenerationConfig {
  readonly input_ids?: Tensor
  readonly inputs?: Tensor
  readonly attention_mask?: Tensor
  readonly streamer?: Streamer | null
  readonly stopping_criteria?: StoppingCriteria | readonly StoppingCriteria[] | null
  readonly stop_strings?: string | readonly string[]
  readonly generation_config?: GenerationConfig | null
}

/** `InterruptableStoppingCriteria` says whether the application has had it stop. */
interface StoppingCriteria {
  readonly interrupted?: boolean
}

export interface Pipeline {
  readonly task?: string
  readonly model?: Model
}

export interface PipelineOptions extends GenerateOptions {
  readonly return_full_text?: boolean
  readonly tools?: readonly object[]
}
