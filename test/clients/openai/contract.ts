import { expect } from 'vitest'
import { startOpenAIServer } from '../../sdk/openai-server/server.ts'
import type { SinkPoint } from '../../sdk/otlp-sink.ts'
import type { Contract } from '../contract.ts'
import type { Observation } from '../observation.ts'
import { exceptions, expectations } from './expectations.ts'

const PLAIN = [
  ['/audio/speech', 'generate_speech'],
  ['/audio/transcriptions', 'transcribe_audio'],
  ['/images/generations', 'generate_images'],
  ['/images/edits', 'edit_image'],
  ['/moderations', 'moderate'],
] as const

export const openai: Contract = {
  client: 'openai',
  shares: [],
  installs: ['openai-4', 'openai-5', 'openai-6', 'openai-7'],
  expectations,
  exceptions,
  lacking: { 'openai-4': ['withOptions'] },
  toldFirst: [],
  startServer: () => startOpenAIServer(),
  operationOf: (path) => {
    if (path.endsWith('/embeddings')) return 'embeddings'
    if (path.endsWith('/chat/completions') || path.endsWith('/responses')) return 'chat'
    if (path.endsWith('/completions')) return 'text_completion'
    return PLAIN.find(([end]) => path.endsWith(end))?.[1]
  },
  checkContent: checkContentOf('openai'),
}

const text = (content: string): object[] => [{ type: 'text', content }]

/** What is told of content by the clients that speak the protocol; Responses are OpenAI's own. */
export function checkContentOf(provider: string): (observation: Observation) => void {
  return (observation) => {
    checkChat(provider, observation)
    if (provider === 'openai') checkResponses(observation)
  }
}

function checkResponses({ spans }: Observation): void {
  const answered = spans.find(({ name }) => name === 'chat ordinary:response')?.attributes ?? {}
  expect(JSON.parse(String(answered['gen_ai.system_instructions']))).toEqual(
    text('CANARY-INSTRUCTIONS'),
  )
}

function checkChat(provider: string, { spans, logs, points }: Observation): void {
  const named = (name: string): (typeof spans)[number] | undefined =>
    spans.find((span) => span.name === name)
  const plain = named('chat ordinary:plain')?.attributes ?? {}
  expect(JSON.parse(String(plain['gen_ai.input.messages']))).toEqual([
    { role: 'system', parts: text('CANARY-SYSTEM') },
    { role: 'user', parts: text('CANARY-PROMPT') },
  ])
  expect(JSON.parse(String(plain['gen_ai.output.messages']))).toMatchObject([
    { role: 'assistant', parts: text('CANARY-ANSWER of three pieces') },
  ])
  const many = named('chat ordinary:eighty-messages')
  expect(many?.dropped).toBe(0)
  expect(JSON.parse(String(many?.attributes['gen_ai.input.messages']))).toHaveLength(80)
  const details = logs.find(({ spanId }) => spanId === named('chat ordinary:plain')?.spanId)
  expect(details).toMatchObject({
    eventName: 'gen_ai.client.inference.operation.details',
    severity: 5,
    attributes: {
      'gen_ai.request.model': 'ordinary:plain',
      'gen_ai.input.messages': [{ role: 'system' }, { role: 'user' }],
    },
  })
  expect(plain).toMatchObject({ 'gen_ai.system': provider, 'gen_ai.provider.name': provider })
  expect(points.map(({ metric }: SinkPoint) => metric)).toEqual(
    expect.arrayContaining(['gen_ai.client.token.usage', 'gen_ai.client.inference.duration']),
  )
}
