import type { Heard } from '../../calls/adapter.ts'
import type { GenAiRequest, GenAiResponse, Usage } from '../../calls/genai.ts'
import type { GenerateOptions, GenerationConfig, Model, Streamer, Tensor } from './wire.ts'

/** How long `generate` lets a text become that nothing else is said of, its beginning included. */
const MAX_LENGTH = 20

type Tokens = Parameters<Streamer['put']>[0]

/** What a model generates in the course of one call, as far as it has come. */
export class Generation {
  readonly #model: Model | undefined
  #options: GenerateOptions = {}
  #input: number | undefined
  #output = 0
  #prompt: Tokens = []
  #last: Tokens | undefined
  #steps = 0

  constructor(model: Model | undefined) {
    this.#model = model
  }

  /** The model is given tokens. */
  read(inputs: GenerateOptions = {}): void {
    const count = tokensIn(inputs)
    if (count !== undefined) this.#input = (this.#input ?? 0) + count
  }

  /** Arguments of `generate` whose streamer is heard; the application's own gets what it would get. */
  listen([options, ...rest]: readonly unknown[], heard: Heard): unknown[] {
    if (typeof options !== 'object' || options === null) return [options, ...rest]
    this.#options = options
    this.#last = undefined
    this.read(options)
    return [{ ...options, streamer: this.#listener(heard) }, ...rest]
  }

  /** Tokens have come, one for each text. */
  add(tokens: Tokens): this {
    this.#output += tokens.length
    this.#steps += 1
    this.#last = tokens
    return this
  }

  get ending(): GenAiResponse {
    const isCancelled = [this.#options.stopping_criteria ?? []]
      .flat()
      .some(({ interrupted }) => interrupted === true)
    return { usage: this.#usage, finishReasons: this.#reasons, isCancelled }
  }

  get #usage(): Usage | undefined {
    if (this.#input === undefined && !this.#last) return undefined
    return { input: this.#input, output: this.#last && this.#output }
  }

  get #reasons(): string[] | undefined {
    const { eos_token_id } = this.#setting('eos_token_id') ?? this.#model?.config ?? {}
    const ends = new Set([eos_token_id ?? []].flat())
    const isFull = this.#steps >= this.#limit
    return this.#last?.map(([token]) => (isFull && !ends.has(Number(token)) ? 'length' : 'stop'))
  }

  get #limit(): number {
    const most = this.#setting('max_new_tokens')?.max_new_tokens
    if (typeof most === 'number') return most
    const length = this.#setting('max_length')?.max_length ?? MAX_LENGTH
    return length - (this.#prompt[0]?.length ?? 0)
  }

  /** Who sets a parameter, of all that can. */
  #setting(name: keyof GenerationConfig): GenerationConfig | undefined {
    const all = [this.#options, this.#options.generation_config, this.#model?.generation_config]
    return all.find((config) => (config?.[name] ?? undefined) !== undefined) ?? undefined
  }

  #listener(heard: Heard): Streamer {
    const { streamer } = this.#options
    let isPrompt = true
    return {
      put: (tokens) => {
        if (isPrompt) this.#prompt = tokens
        else heard(tokens)
        isPrompt = false
        return streamer?.put(tokens)
      },
      end: () => streamer?.end(),
    }
  }
}

/** Parameters as the application gives them. */
export function parametersOf(options: GenerateOptions = {}): Omit<GenAiRequest, 'model'> {
  const { max_new_tokens, temperature, top_k, top_p, stop_strings, streamer } = options
  return {
    stream: streamer ? true : undefined,
    maxTokens: max_new_tokens ?? undefined,
    temperature,
    topK: top_k,
    topP: top_p,
    stopSequences: stop_strings === undefined ? undefined : [stop_strings].flat(),
  }
}

/** Padding, which makes texts equally long, is masked. */
function tokensIn({
  attention_mask,
  input_ids,
  inputs = input_ids,
}: GenerateOptions): number | undefined {
  if (attention_mask?.data)
    return Array.from(attention_mask.data, Number).reduce((sum, mask) => sum + mask, 0)
  return inputs && isText(inputs)
    ? inputs.dims.reduce((product, size) => product * size, 1)
    : undefined
}

/** Ids of tokens are whole numbers; sounds and images are not. */
export const isText = ({ data }: Tensor): boolean => data instanceof BigInt64Array
