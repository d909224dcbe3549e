import type { Completion } from 'openai/resources/completions'
import type { Method } from '../../calls/adapter.ts'
import type { GenAiRequest, GenAiResponse } from '../../calls/genai.ts'
import { completions } from '../openai/completions.ts'

interface Request {
  readonly model?: string
  readonly inputs?: string
  readonly parameters?: {
    readonly max_new_tokens?: number
    readonly temperature?: number
    readonly top_p?: number
    readonly top_k?: number
    readonly frequency_penalty?: number
    readonly seed?: number
    readonly stop?: readonly string[]
  }
}

/** A completion as the client makes one of every provider's. */
interface Generated {
  generated_text?: string | null
  details?: {
    readonly finish_reason?: string
    readonly generated_tokens?: number
    readonly input_length?: number
  } | null
}

/** A token of Text Generation Inference. */
interface Token extends Generated {
  readonly token?: { readonly text?: string; readonly special?: boolean }
}

/** Of a stream the client hands on what the provider sends: most speak OpenAI's protocol. */
type Chunk = Completion | Token

const isCompletion = (value: object | undefined): value is Completion =>
  value !== undefined && 'choices' in value

/** A completion in one piece. */
export const generate: Method<Request, Completion | Generated, Chunk> = {
  operation: 'text_completion',
  request: readRequest,
  response: (answer) =>
    isCompletion(answer) ? completions.response(answer) : readGenerated(answer),
}

/** A completion token by token. */
export const generateStream: Method<Request, Completion | Generated, Chunk> = {
  ...generate,
  isLazy: true,
  request: (request) => ({ ...readRequest(request), stream: true }),
  fold: (before, chunk, content) => {
    if (isCompletion(chunk)) {
      const whole = isCompletion(before) ? before : undefined
      return (completions.fold?.(whole, chunk, content) as Completion | undefined) ?? chunk
    }
    const whole: Generated = isCompletion(before) || !before ? {} : before
    const { token, details } = chunk
    if (details) whole.details = details
    if (content && token?.text && !token.special) {
      whole.generated_text = (whole.generated_text ?? '') + token.text
    }
    return whole
  },
}

function readRequest({ model, inputs, parameters = {} }: Request): GenAiRequest {
  return {
    model,
    maxTokens: parameters.max_new_tokens,
    temperature: parameters.temperature,
    topP: parameters.top_p,
    topK: parameters.top_k,
    frequencyPenalty: parameters.frequency_penalty,
    seed: parameters.seed,
    stopSequences: parameters.stop,
    messages: () => [{ role: 'user', parts: [{ type: 'text', content: inputs }] }],
  }
}

function readGenerated({ generated_text: text, details }: Generated): GenAiResponse {
  const { finish_reason: reason, generated_tokens: output, input_length: input } = details ?? {}
  return {
    finishReasons: reason ? [reason] : undefined,
    usage: output === undefined ? undefined : { input, output },
    messages: () => [{ role: 'assistant', parts: text ? [{ type: 'text', content: text }] : [] }],
  }
}
