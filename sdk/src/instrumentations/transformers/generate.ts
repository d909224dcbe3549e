import type { Choice } from '../../calls/adapter.ts'
import type { GenAiRequest, Message } from '../../calls/genai.ts'
import { Generation, isText, parametersOf } from './generation.ts'
import { placed } from './models.ts'
import type { GenerateOptions, Model, Tensor, Tokenizer } from './wire.ts'

/**
 * What a model generates for the application itself, in tokens: there are words for them only where the
 * application's streamer has a tokenizer.
 */
export const generate: Choice = {
  operations: ['text_completion', 'generate_content'],
  choose: (input, _, self) => {
    const options = (input ?? {}) as GenerateOptions
    const model = self as Model
    const generation = new Generation(model)
    const texts = options.inputs ?? options.input_ids
    const tokenizer = options.streamer?.tokenizer
    return {
      operation: texts && isText(texts) ? 'text_completion' : 'generate_content',
      request: (): GenAiRequest => ({
        ...placed(model),
        ...parametersOf(options),
        messages: () => messagesOf('user', texts, tokenizer),
      }),
      listen: (args, heard) => generation.listen(args, heard),
      fold: (_folded, tokens) => generation.add(tokens as Tokens),
      response: (result) => ({
        ...generation.ending,
        messages: () => messagesOf('assistant', sequencesOf(result), tokenizer, texts?.dims.at(-1)),
      }),
    }
  },
}

type Tokens = Parameters<Generation['add']>[0]

/** All tokens of the texts, as `generate` gives them back in either of its forms. */
function sequencesOf(result: unknown): Tensor | undefined {
  const { sequences = result } = (result ?? {}) as { readonly sequences?: unknown }
  return sequences instanceof Generation ? undefined : (sequences as Tensor)
}

/** Each text from a place on. */
function messagesOf(
  role: string,
  tokens: Tensor | undefined,
  tokenizer: Tokenizer | undefined,
  from = 0,
): Message[] {
  if (!tokens || !isText(tokens) || !tokenizer) return []
  return (tokens.tolist() as Tokens).map((row) => {
    const content = tokenizer.decode(row.slice(from), { skip_special_tokens: true })
    return { role, parts: [{ type: 'text', content }] }
  })
}
