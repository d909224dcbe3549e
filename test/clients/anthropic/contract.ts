import { expect } from 'vitest'
import { startAnthropicServer } from '../../sdk/anthropic-server/server.ts'
import type { Contract } from '../contract.ts'
import type { Observation } from '../observation.ts'
import { checkPlainContent, text } from '../plain-content.ts'
import { exceptions, expectations, lacking } from './expectations.ts'

export const anthropic: Contract = {
  client: 'anthropic',
  shares: [],
  // the first three do not trace themselves, the others do
  installs: [
    'anthropic-0.39',
    'anthropic-0.70',
    'anthropic-0.133',
    'anthropic-0.137',
    'anthropic-1',
  ],
  expectations,
  exceptions,
  lacking,
  toldFirst: ['input', 'cached', 'cacheWritten'],
  startServer: () => startAnthropicServer(),
  operationOf: (path) => {
    if (path.endsWith('/messages')) return 'chat'
    return path.endsWith('/count_tokens') ? 'count_tokens' : undefined
  },
  checkContent,
}

function checkContent(observation: Observation): void {
  const { spans } = observation
  checkPlainContent(observation, 'chat ordinary:plain')
  const content = (scenario: string, name: string): unknown => {
    const span = spans.find((candidate) => candidate.name === `chat ${scenario}`)
    return JSON.parse(String(span?.attributes[`gen_ai.${name}`]))
  }
  const thought = { type: 'reasoning', content: 'CANARY-THOUGHT of two' }
  for (const scenario of ['extended-thinking', 'stream-of-extended-thinking']) {
    expect(content(`ordinary:${scenario}`, 'output.messages')).toMatchObject([
      { role: 'assistant', parts: [thought, ...text('CANARY-ANSWER of three pieces')] },
    ])
  }
  const call = { type: 'tool_call', name: 'weather', arguments: { city: 'CANARY-TOOL-ARGUMENT' } }
  for (const scenario of ['tool-calls', 'stream-of-tool-calls', 'stream-helper-with-tools']) {
    expect(content(`tools:${scenario}`, 'output.messages')).toMatchObject([{ parts: [call] }])
  }
  expect(content('tools:tool-results', 'input.messages')).toMatchObject([
    { role: 'user' },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'toolu_1' }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'toolu_1' }] },
  ])
  expect(content('ordinary:images-and-documents', 'input.messages')).toMatchObject([
    {
      parts: [
        { type: 'text' },
        { type: 'blob', modality: 'image', mime_type: 'image/png' },
        { type: 'uri', modality: 'image' },
        { type: 'blob', modality: 'document', mime_type: 'application/pdf' },
        { type: 'text', content: 'CANARY' },
      ],
    },
  ])
  const plain = spans.find(({ name }) => name === 'chat ordinary:plain')
  expect(plain?.attributes).toMatchObject({
    'gen_ai.usage.cache_creation.input_tokens': 6,
    'gen_ai.usage.cache_write.input_tokens': 6,
  })
}
