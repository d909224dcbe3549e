import Groq, { APIError, BadRequestError } from 'groq-sdk'
import { VERSION } from 'groq-sdk/version'
import { run } from '../contract/run.cjs'
import dialect from './dialect.cjs'

const isOld = Number.parseInt(VERSION, 10) === 0
const { APIPromise } = await import(isOld ? 'groq-sdk/core' : 'groq-sdk/api-promise')
const { Stream } = await import(isOld ? 'groq-sdk/lib/streaming' : 'groq-sdk/core/streaming')

await run({ Client: Groq, APIError, BadRequestError, APIPromise, Stream }, dialect, process.argv)
