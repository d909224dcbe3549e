'use strict'
const OpenAI = require('openai')
const { zodResponseFormat, zodTextFormat } = require('openai/helpers/zod')
const { Stream } = require('openai/streaming')
const { VERSION } = require('openai/version')
const { z } = require('zod')
const { run } = require('../contract/run.cjs')
const dialect = require('./dialect.cjs')

const major = Number.parseInt(VERSION, 10)
const { APIPromise } = require(major === 4 ? 'openai/core' : 'openai/api-promise')
const weather = z.object({ city: z.string(), celsius: z.number() })

void run(
  {
    major,
    Client: OpenAI,
    APIError: OpenAI.APIError,
    BadRequestError: OpenAI.BadRequestError,
    AzureOpenAI: OpenAI.AzureOpenAI,
    APIPromise,
    Stream,
    weatherFormat: zodResponseFormat(weather, 'weather'),
    weatherTextFormat: zodTextFormat(weather, 'weather'),
  },
  dialect,
  process.argv,
)
