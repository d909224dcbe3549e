import type { Method } from '../../calls/adapter.ts'
import type { Operation } from '../../calls/genai.ts'

/** Token counting: what it answers is no use of tokens. */
export const countTokens: Method<{ readonly model: string }> = {
  operation: 'count_tokens',
  request: ({ model }) => ({ model }),
  response: () => ({}),
}

/** A request about a batch, whose models are those of the requests within. */
const batch = (operation: Operation): Method => ({
  operation,
  request: () => ({ model: undefined }),
  response: () => ({}),
})

/** By the names of the methods. */
export const batches: Readonly<Record<string, Method>> = {
  create: batch('create_batch'),
  retrieve: batch('retrieve_batch'),
  results: batch('retrieve_batch_results'),
  list: batch('list_batches'),
  cancel: batch('cancel_batch'),
  delete: batch('delete_batch'),
}
