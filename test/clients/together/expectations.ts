import { type Expectations, failing } from '../expectations.ts'
import { expectations as openai } from '../openai/expectations.ts'

/** As for openai's client, but for what is this client's own. */
export const expectations: Expectations = {
  ...openai,
  plain: {
    attributes: {
      ...openai['plain']?.attributes,
      'gen_ai.provider.name': 'together_ai',
      'llmscope.rate_limit.requests.limit': 10,
      'llmscope.rate_limit.tokens.remaining': 8971,
    },
  },
  embeddings: { usage: 'none' },
  // the client takes 500 for an answer that no retry changes
  'one server error, then an answer': failing('server', 500),
}
