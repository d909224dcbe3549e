import OpenAI, { AzureOpenAI } from 'openai'
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod'
import { Stream } from 'openai/streaming'
import { VERSION } from 'openai/version'
import { z } from 'zod'
import { run } from './run.cjs'

const major = Number.parseInt(VERSION, 10)
const { APIPromise } = await import(major === 4 ? 'openai/core' : 'openai/api-promise')
const weather = z.object({ city: z.string(), celsius: z.number() })
const [, , baseURL, resultFile] = process.argv

await run(
  {
    major,
    OpenAI,
    AzureOpenAI,
    APIPromise,
    Stream,
    weatherFormat: zodResponseFormat(weather, 'weather'),
    weatherTextFormat: zodTextFormat(weather, 'weather'),
  },
  baseURL,
  resultFile,
)
