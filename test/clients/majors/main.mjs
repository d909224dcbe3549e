import { Ollama } from 'ollama'
import { run } from './run.cjs'

await run(Ollama, process.argv)
