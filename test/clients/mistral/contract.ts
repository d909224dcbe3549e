import { expect } from 'vitest'
import { startMistralServer } from '../../sdk/mistral-server/server.ts'
import type { Contract } from '../contract.ts'
import type { Observation } from '../observation.ts'
import { text } from '../plain-content.ts'
import { expectations } from './expectations.ts'

export const mistral: Contract = {
  client: 'mistral',
  shares: [],
  installs: ['mistral-1', 'mistral-2'],
  expectations,
  exceptions: {},
  lacking: {},
  toldFirst: [],
  untraced: '/v1/models',
  startServer: () => startMistralServer(),
  operationOf: (path) => {
    if (path.endsWith('/chat/completions')) return 'chat'
    if (path.endsWith('/fim/completions')) return 'text_completion'
    return path.endsWith('/embeddings') ? 'embeddings' : undefined
  },
  checkContent,
}

function checkContent({ spans }: Observation): void {
  const told = (name: string, attribute: string): unknown =>
    JSON.parse(String(spans.find((span) => span.name === name)?.attributes[attribute]))
  expect(told('chat ordinary:plain', 'gen_ai.input.messages')).toEqual([
    { role: 'system', parts: text('CANARY-SYSTEM') },
    { role: 'user', parts: text('CANARY-PROMPT') },
  ])
  for (const name of ['thoughts', 'stream-of-thoughts']) {
    expect(told(`chat ordinary:${name}`, 'gen_ai.output.messages')).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'CANARY-THOUGHT' },
          ...text('CANARY-ANSWER of three pieces'),
        ],
        finish_reason: 'stop',
      },
    ])
  }
  for (const name of ['tool-calls', 'stream-of-tool-calls']) {
    expect(told(`chat tools:${name}`, 'gen_ai.output.messages')).toMatchObject([
      {
        parts: [
          {
            type: 'tool_call',
            id: 'D681PevKs',
            name: 'weather',
            arguments: { city: 'CANARY-TOOL-ARGUMENT' },
          },
        ],
      },
    ])
  }
  expect(told('chat tools:tool-calls', 'gen_ai.tool.definitions')).toEqual([
    { type: 'function', name: 'weather' },
  ])
  const filled = 'text_completion ordinary:fill-in-the-middle-streamed'
  expect(told(filled, 'gen_ai.input.messages')).toEqual([
    { role: 'user', parts: [...text('CANARY-PROMPT'), ...text('CANARY-SUFFIX')] },
  ])
  expect(told(filled, 'gen_ai.output.messages')).toMatchObject([
    { parts: text('CANARY-ANSWER of three pieces') },
  ])
  expect(told('chat ordinary:eighty-messages', 'gen_ai.input.messages')).toHaveLength(80)
}
