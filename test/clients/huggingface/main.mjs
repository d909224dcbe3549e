import { chatCompletion, InferenceClient, InferenceClientError } from '@huggingface/inference'
import { run } from '../contract/run.cjs'
import dialect from './dialect.cjs'

await run(
  {
    Client: InferenceClient,
    APIError: InferenceClientError,
    BadRequestError: InferenceClientError,
    chatCompletion,
  },
  dialect,
  process.argv,
)
