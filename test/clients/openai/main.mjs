import OpenAI, { APIError, AzureOpenAI, BadRequestError } from 'openai'
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod'
import { Stream } from 'openai/streaming'
import { VERSION } from 'openai/version'
import { z } from 'zod'
import { run } from '../contract/run.cjs'
import dialect from './dialect.cjs'

const major = Number.parseInt(VERSION, 10)
const { APIPromise } = await import(major === 4 ? 'openai/core' : 'openai/api-promise')
const weather = z.object({ city: z.string(), celsius: z.number() })

await run(
  {
    major,
    Client: OpenAI,
    APIError,
    BadRequestError,
    AzureOpenAI,
    APIPromise,
    Stream,
    weatherFormat: zodResponseFormat(weather, 'weather'),
    weatherTextFormat: zodTextFormat(weather, 'weather'),
  },
  dialect,
  process.argv,
)
