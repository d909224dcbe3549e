import { expect } from 'vitest'
import { startOllamaServer } from '../../sdk/ollama-server/server.ts'
import type { Contract } from '../contract.ts'
import type { Observation } from '../observation.ts'
import { expectations } from './expectations.ts'

export const ollama: Contract = {
  client: 'ollama',
  shares: [],
  installs: ['ollama-0'],
  expectations,
  exceptions: {},
  lacking: {},
  toldFirst: [],
  toldSoFar: ['input', 'output'],
  isAnonymous: true,
  untraced: '/api/tags',
  startServer: startOllamaServer,
  operationOf: (path) => {
    if (path.endsWith('/api/chat')) return 'chat'
    if (path.endsWith('/api/generate')) return 'text_completion'
    return /\/api\/embed(dings)?$/.test(path) ? 'embeddings' : undefined
  },
  checkContent,
}

const text = (content: string): object[] => [{ type: 'text', content }]

function checkContent({ spans }: Observation): void {
  const told = (name: string, attribute: string): unknown =>
    JSON.parse(String(spans.find((span) => span.name === name)?.attributes[attribute]))
  expect(told('chat ordinary:plain', 'gen_ai.input.messages')).toEqual([
    { role: 'system', parts: text('CANARY-SYSTEM') },
    { role: 'user', parts: text('CANARY-PROMPT') },
  ])
  expect(told('chat ordinary:plain', 'gen_ai.output.messages')).toMatchObject([
    { role: 'assistant', parts: text('CANARY-ANSWER of three pieces'), finish_reason: 'stop' },
  ])
  expect(told('chat ordinary:stream-of-thoughts', 'gen_ai.output.messages')).toMatchObject([
    {
      parts: [
        { type: 'reasoning', content: 'CANARY-THOUGHT' },
        ...text('CANARY-ANSWER of three pieces'),
      ],
    },
  ])
  expect(told('chat tools:stream-of-tool-calls', 'gen_ai.output.messages')).toMatchObject([
    {
      parts: [{ type: 'tool_call', name: 'weather', arguments: { city: 'CANARY-TOOL-ARGUMENT' } }],
    },
  ])
  expect(told('chat tools:tool-calls', 'gen_ai.tool.definitions')).toEqual([
    { type: 'function', name: 'weather' },
  ])
  const completion = 'text_completion ordinary:generate-streamed'
  expect(told(completion, 'gen_ai.system_instructions')).toEqual(text('CANARY-SYSTEM'))
  expect(told(completion, 'gen_ai.output.messages')).toMatchObject([
    { parts: text('CANARY-ANSWER of three pieces') },
  ])
  expect(told('chat ordinary:eighty-messages', 'gen_ai.input.messages')).toHaveLength(80)
}
