import { createRequire } from 'node:module'
import { OpenAI } from 'openai'
import programs from './programs.cjs'

// An ESM application with a CJS dependency: the client is there twice, with classes of its own each time.
const [, , baseURL] = process.argv
const { OpenAI: Required } = createRequire(import.meta.url)('openai')

for (const Client of [OpenAI, Required]) {
  await programs.plain(new Client({ apiKey: 'x', baseURL }))
}
