import Together, { APIError, BadRequestError } from 'together-ai'
import { APIPromise } from 'together-ai/api-promise'
import { Stream } from 'together-ai/streaming'
import { run } from '../contract/run.cjs'
import dialect from './dialect.cjs'

await run(
  { Client: Together, APIError, BadRequestError, APIPromise, Stream },
  dialect,
  process.argv,
)
