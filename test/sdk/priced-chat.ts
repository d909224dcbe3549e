import { answering, json } from './openai-client.ts'

/** Tokens of a call that is priced in tests. */
export const usage = { prompt_tokens: 1000, completion_tokens: 200 }

/** One call of a model, answered like this. */
export function pricedChat(answer: object, model = 'gpt-5-mini'): Promise<unknown> {
  return answering(() => json({ id: 'x', choices: [], model, ...answer })).chat.completions.create({
    model,
    messages: [],
  })
}
