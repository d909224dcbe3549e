import { expect } from 'vitest'
import { startGeminiServer } from '../../sdk/gemini-server/server.ts'
import type { Contract } from '../contract.ts'
import type { Observation } from '../observation.ts'
import { checkManyMessages, checkPlainContent } from '../plain-content.ts'
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

function checkContent(observation: Observation): void {
  const { spans } = observation
  checkPlainContent(observation, 'generate_content ordinary:plain')
  checkManyMessages(observation, 'generate_content ordinary:eighty-contents')
  const nameless = spans.map(({ name }) => name).filter((name) => NAMELESS.includes(name))
  expect(nameless.toSorted()).toEqual(NAMELESS.toSorted())
}
