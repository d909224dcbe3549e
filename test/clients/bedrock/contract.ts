import { expect } from 'vitest'
import { startBedrockServer } from '../../sdk/bedrock-server/server.ts'
import type { Contract } from '../contract.ts'
import type { Observation } from '../observation.ts'
import { checkManyMessages, checkPlainContent, text } from '../plain-content.ts'
import { exceptions, expectations } from './expectations.ts'

export const bedrock: Contract = {
  client: 'bedrock',
  shares: [],
  installs: ['bedrock-3.758', 'bedrock-3'],
  expectations,
  exceptions,
  lacking: { 'bedrock-3.758': ['token count'] },
  isAnonymous: true,
  unsteady: ['amz-sdk-invocation-id', 'authorization', 'x-amz-date'],
  untraced: '/async-invoke',
  toldFirst: [],
  startServer: () => startBedrockServer(),
  operationOf: (path) => {
    if (path.endsWith('/count-tokens')) return 'count_tokens'
    return /\/converse(-stream)?$/.test(path) ? 'chat' : undefined
  },
  checkContent,
}

function checkContent(observation: Observation): void {
  const { spans } = observation
  checkPlainContent(observation, 'chat ordinary:plain')
  checkManyMessages(observation, 'chat ordinary:eighty-messages')
  checkBodies(spans)
}

/** What is said in the words of each vendor is told in the same words. */
function checkBodies(spans: Observation['spans']): void {
  const bodies = spans.filter(({ name }) =>
    /^(chat|text_completion) ordinary:(streamed-)?body-of-/.test(name),
  )
  expect(bodies).toHaveLength(17)
  for (const { attributes } of bodies) {
    const [asked] = JSON.parse(String(attributes['gen_ai.input.messages'])) as { parts: object[] }[]
    expect(asked).toMatchObject({ role: 'user', parts: [{ type: 'text' }] })
    expect(JSON.stringify(asked)).toContain('CANARY-PROMPT')
    expect(JSON.parse(String(attributes['gen_ai.output.messages']))).toEqual([
      { role: 'assistant', parts: text('CANARY-ANSWER of three pieces'), finish_reason: 'stop' },
    ])
  }
}
