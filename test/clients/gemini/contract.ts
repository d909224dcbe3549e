import { expect } from 'vitest'
import { startGeminiServer } from '../../sdk/gemini-server/server.ts'
import type { Contract } from '../contract.ts'
import type { Observation } from '../observation.ts'
import { exceptions, expectations } from './expectations.ts'

export const gemini: Contract = {
  client: 'gemini',
  shares: [],
  installs: ['gemini-1', 'gemini-2', 'gemini-3'],
  expectations,
  exceptions,
  lacking: {},
  toldFirst: ['input', 'cached'],
  toldSoFar: ['output', 'reasoning'],
  startServer: () => startGeminiServer(),
  operationOf: (path) => {
    if (/\/imagen[^/]*$/.test(path)) return undefined
    if (/:(batchEmbedContents|predict)$/.test(path)) return 'embeddings'
    if (path.endsWith(':countTokens')) return 'count_tokens'
    return /:(g|streamG)enerateContent$/.test(path) ? 'generate_content' : undefined
  },
  checkContent,
}

/** What is asked without a model, by which scenarios could be told apart. */
const NAMELESS = [
  'retrieve_batch',
  'list_batches',
  'cancel_batch',
  'delete_batch',
  'retrieve_cache',
  'list_caches',
  'update_cache',
  'delete_cache',
  'upload_file',
  'retrieve_file',
  'list_files',
  'download_file',
  'delete_file',
  'retrieve_videos',
]

const text = (content: string): object[] => [{ type: 'text', content }]

function checkContent({ spans, logs }: Observation): void {
  const named = (name: string): (typeof spans)[number] | undefined =>
    spans.find((span) => span.name === name)
  const plain = named('generate_content ordinary:plain')
  expect(JSON.parse(String(plain?.attributes['gen_ai.input.messages']))).toEqual([
    { role: 'user', parts: text('CANARY-PROMPT') },
  ])
  expect(JSON.parse(String(plain?.attributes['gen_ai.system_instructions']))).toEqual(
    text('CANARY-SYSTEM'),
  )
  expect(JSON.parse(String(plain?.attributes['gen_ai.output.messages']))).toEqual([
    { role: 'assistant', parts: text('CANARY-ANSWER of three pieces'), finish_reason: 'stop' },
  ])
  const many = named('generate_content ordinary:eighty-contents')
  expect(many?.dropped).toBe(0)
  expect(JSON.parse(String(many?.attributes['gen_ai.input.messages']))).toHaveLength(80)
  const nameless = spans.map(({ name }) => name).filter((name) => NAMELESS.includes(name))
  expect(nameless.toSorted()).toEqual(NAMELESS.toSorted())
  const details = logs.find(({ spanId }) => spanId === plain?.spanId)
  expect(details).toMatchObject({
    eventName: 'gen_ai.client.inference.operation.details',
    attributes: { 'gen_ai.input.messages': [{ role: 'user' }] },
  })
}
