import { startTogetherServer } from '../../sdk/together-server/server.ts'
import type { Contract } from '../contract.ts'
import { checkContentOf, openai } from '../openai/contract.ts'
import { expectations } from './expectations.ts'

/** The client speaks OpenAI's protocol: the readers are the same, and so is what they make of content. */
export const together: Contract = {
  ...openai,
  client: 'together',
  shares: ['openai'],
  installs: ['together-0'],
  expectations,
  exceptions: {},
  lacking: {},
  startServer: startTogetherServer,
  checkContent: checkContentOf('together_ai'),
}
