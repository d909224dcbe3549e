import * as library from '@anthropic-ai/sdk'
import { Stream } from '@anthropic-ai/sdk/streaming'
import { run } from '../contract/run.cjs'
import dialect from './dialect.cjs'

const { default: Client, APIError, BadRequestError } = library
const { APIPromise } = 'APIPromise' in library ? library : await import('@anthropic-ai/sdk/core')

await run({ Client, APIError, BadRequestError, APIPromise, Stream }, dialect, process.argv)
