import Anthropic, { APIError, APIPromise, BadRequestError } from '@anthropic-ai/sdk'
import { Stream } from '@anthropic-ai/sdk/streaming'
import { run } from '../contract/run.cjs'
import dialect from './dialect.cjs'

await run(
  { Client: Anthropic, APIError, BadRequestError, APIPromise, Stream },
  dialect,
  process.argv,
)
