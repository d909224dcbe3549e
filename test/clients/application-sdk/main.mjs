import OpenAI from 'openai'
import { endings, run } from './application.cjs'
import { start } from './sdk.cjs'

const [, , baseURL, own, ending] = process.argv
if (own === 'own') start()

await run(OpenAI, baseURL)
await endings[ending]?.()
