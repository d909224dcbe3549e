import type { Method } from '../../../calls/adapter.ts'
import { answered, asked, longer } from './text.ts'

interface Request {
  readonly prompt?: string
  readonly max_gen_len?: number
  readonly temperature?: number
  readonly top_p?: number
}

/** A whole answer, or a piece of one: `null` is what a piece does not tell. */
interface Answer {
  readonly generation?: string | undefined
  readonly prompt_token_count?: number | null | undefined
  readonly generation_token_count?: number | null | undefined
  readonly stop_reason?: string | null | undefined
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-meta.html */
export const llama: Method<Request, Answer, Answer> = {
  operation: 'text_completion',
  request: ({ prompt, max_gen_len, temperature, top_p }) => ({
    model: undefined,
    maxTokens: max_gen_len,
    temperature,
    topP: top_p,
    messages: () => asked(prompt),
  }),
  response: ({ generation, prompt_token_count, generation_token_count, stop_reason }) => ({
    // `stop` and `length` are the conventions' own
    finishReasons: stop_reason ? [stop_reason] : undefined,
    usage: {
      input: prompt_token_count ?? undefined,
      output: generation_token_count ?? undefined,
    },
    messages: () => answered(generation),
  }),
  fold: (answer, piece, content) => ({
    generation: longer(answer?.generation, piece.generation, content),
    prompt_token_count: piece.prompt_token_count ?? answer?.prompt_token_count,
    generation_token_count: piece.generation_token_count ?? answer?.generation_token_count,
    stop_reason: piece.stop_reason ?? answer?.stop_reason,
  }),
}
