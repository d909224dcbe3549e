import OpenAI from 'openai'
import { run } from './calls.cjs'

await run(new OpenAI({ apiKey: 'x', baseURL: process.argv[2] }))
