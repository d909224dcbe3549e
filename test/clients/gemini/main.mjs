import { ApiError, GoogleGenAI } from '@google/genai'
import { run } from '../contract/run.cjs'
import dialect from './dialect.cjs'

await run(
  { Client: GoogleGenAI, APIError: ApiError, BadRequestError: ApiError },
  dialect,
  process.argv,
)
