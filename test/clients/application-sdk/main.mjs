import OpenAI from 'openai'
import { run } from './application.cjs'
import { start } from './sdk.cjs'

const [, , baseURL, own] = process.argv
if (own) start()

await run(OpenAI, baseURL)
