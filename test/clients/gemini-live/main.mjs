import { GoogleGenAI } from '@google/genai'
import { run } from './sessions.cjs'

await run(GoogleGenAI, process.argv)
