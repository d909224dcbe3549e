import { expect } from 'vitest'
import { startHuggingfaceServer } from '../../sdk/huggingface-server/server.ts'
import type { Contract } from '../contract.ts'
import type { Observation } from '../observation.ts'
import { checkContentOf, openai } from '../openai/contract.ts'
import { expectations } from './expectations.ts'

/** The requests are openai's; the client is of another make. */
export const huggingface: Contract = {
  ...openai,
  client: 'huggingface',
  shares: ['openai'],
  installs: ['huggingface-4'],
  expectations,
  exceptions: {},
  lacking: {},
  startServer: startHuggingfaceServer,
  operationOf: (path) => (path.endsWith('/v1') ? 'embeddings' : openai.operationOf(path)),
  checkContent,
}

function checkContent(observation: Observation): void {
  checkContentOf('huggingface')(observation)
  for (const scenario of ['generated-text', 'stream-of-generated-text']) {
    const name = `text_completion ordinary:${scenario}`
    const { attributes } = observation.spans.find((span) => span.name === name) ?? {}
    expect(JSON.parse(String(attributes?.['gen_ai.output.messages']))).toMatchObject([
      { parts: [{ type: 'text', content: 'CANARY-ANSWER of three pieces' }] },
    ])
  }
}
