import { instrument, start } from '@llmscope/sdk'
import OpenAI from 'openai'
import { run } from './calls.cjs'

const llmscope = start()
await run(instrument(new OpenAI({ apiKey: 'x', baseURL: process.argv[2] })))
await llmscope.shutdown()
