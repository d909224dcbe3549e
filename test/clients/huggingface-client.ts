import { createRequire } from 'node:module'
import { join } from 'node:path'
import { instrument } from '@llmscope/sdk'
import { install } from './workspace.ts'

/** What the tests use of the client: its own types are where it is installed, out of the compiler's sight. */
export interface InferenceClient {
  readonly accessToken: string
  chatCompletion(request: object, options?: object): Promise<object>
  chatCompletionStream(request: object, options?: object): AsyncGenerator<object>
  textGeneration(request: object): Promise<object>
  textGenerationStream(request: object): AsyncGenerator<object>
  featureExtraction(request: object): Promise<object>
}

interface Library {
  readonly InferenceClient: new (accessToken: string, options: object) => InferenceClient
}

const require = createRequire(join(await install('huggingface-4'), 'index.js'))
export const { InferenceClient: Client } = require('@huggingface/inference') as Library

/** An instrumented client. */
export const openHuggingface = (accessToken: string, options: object): InferenceClient =>
  instrument(new Client(accessToken, options))
