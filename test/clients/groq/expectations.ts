import type { Expectations } from '../expectations.ts'
import { expectations as openai } from '../openai/expectations.ts'

/** As for openai's client, but for what is this client's own. */
export const expectations: Expectations = {
  ...openai,
  plain: {
    attributes: {
      ...openai['plain']?.attributes,
      'gen_ai.provider.name': 'groq',
      'llmscope.rate_limit.requests.reset': 179.56,
    },
  },
}
