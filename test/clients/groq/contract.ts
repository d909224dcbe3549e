import { startGroqServer } from '../../sdk/groq-server/server.ts'
import type { Contract } from '../contract.ts'
import { checkContentOf, openai } from '../openai/contract.ts'
import { expectations } from './expectations.ts'

/** The client speaks OpenAI's protocol: the readers are the same, and so is what they make of content. */
export const groq: Contract = {
  ...openai,
  client: 'groq',
  shares: ['openai'],
  installs: ['groq-0', 'groq-1'],
  expectations,
  exceptions: {},
  lacking: { 'groq-0': ['withOptions'] },
  startServer: startGroqServer,
  checkContent: checkContentOf('groq'),
}
