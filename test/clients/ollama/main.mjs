import { Ollama } from 'ollama'
import { run } from '../contract/run.cjs'
import dialect from './dialect.cjs'

await run({ Client: Ollama, APIError: Error, BadRequestError: Error }, dialect, process.argv)
