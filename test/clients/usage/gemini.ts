import { createRequire } from 'node:module'
import { join } from 'node:path'
import { instrument } from '@llmscope/sdk'
import * as fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { dialect } from '../../sdk/gemini-server/server.ts'
import type { GoogleGenAI } from '../gemini-client.ts'
import { install } from '../workspace.ts'
import { count, startTelling, type Told, type UsageApi } from './api.ts'

interface Library {
  readonly GoogleGenAI: new (options: object) => GoogleGenAI
}

const tokens = fc.nat({ max: 2_000_000 })

/** What of so many tokens is text, audio and images. */
const details = (whole: number): Arbitrary<unknown> =>
  fc.option(
    fc.tuple(fc.nat({ max: whole }), fc.nat({ max: whole })).map(([one, other]) => {
      const [image = 0, end = 0] = [one, other].toSorted((a, b) => a - b)
      return [
        { modality: 'IMAGE', tokenCount: image },
        { modality: 'AUDIO', tokenCount: end - image },
        { modality: 'TEXT', tokenCount: whole - end },
      ]
    }),
    { nil: undefined },
  )

// a count of 0 is left out, as protobuf's JSON has it
const present = (value: number): number | undefined => value || undefined

const usage: Arbitrary<Told> = fc
  .record({ prompt: tokens, tool: tokens, said: tokens, thought: tokens })
  .chain(({ prompt, tool, said, thought }) =>
    fc.record({
      promptTokenCount: fc.constant(present(prompt)),
      toolUsePromptTokenCount: fc.constant(present(tool)),
      candidatesTokenCount: fc.constant(present(said)),
      thoughtsTokenCount: fc.constant(present(thought)),
      totalTokenCount: fc.constant(prompt + tool + said + thought),
      cachedContentTokenCount: fc.nat({ max: prompt }).map(present),
      promptTokensDetails: details(prompt),
      toolUsePromptTokensDetails: details(tool),
      candidatesTokensDetails: details(said),
    }),
  )

export const gemini: UsageApi = {
  name: 'gemini generateContent',
  key: 'usageMetadata',
  usage,
  total: (told) => count(told, 'totalTokenCount'),
  // each chunk counts all that there was so far
  soFar: (told, share) => {
    if (share === 1) return told
    const said = count(told, 'candidatesTokenCount')
    const candidatesTokenCount = Math.floor(said * share)
    return {
      ...told,
      candidatesTokenCount,
      totalTokenCount: count(told, 'totalTokenCount') - said + candidatesTokenCount,
      candidatesTokensDetails: undefined,
    }
  },
  connect: async (told) => {
    const server = await startTelling(dialect, 'usageMetadata', told)
    const require = createRequire(join(await install('gemini-3'), 'index.js'))
    const library = require('@google/genai') as Library
    const httpOptions = { baseUrl: server.baseURL }
    const { models } = instrument(new library.GoogleGenAI({ apiKey: 'key', httpOptions }))
    return {
      server,
      ask: (model) => models.generateContent({ model, contents: 'Hello' }),
      stream: (model) => models.generateContentStream({ model, contents: 'Hello' }),
    }
  },
}
