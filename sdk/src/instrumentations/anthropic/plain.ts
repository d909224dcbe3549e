import type { Method } from '../../calls/adapter.ts'
import type { Operation } from '../../calls/genai.ts'

/** Token counting: what it answers is no use of tokens. */
export const countTokens: Method<{ readonly model: string }> = {
  operation: 'count_tokens',
  request: ({ model }) => ({ model }),
  response: () => ({}),
}

/** A request about a batch, whose models are those of the requests within. */
export const batch = (operation: Operation): Method => ({
  operation,
  request: () => ({ model: undefined }),
  response: () => ({}),
})
