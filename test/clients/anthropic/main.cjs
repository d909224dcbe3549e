'use strict'
const Anthropic = require('@anthropic-ai/sdk')
const { Stream } = require('@anthropic-ai/sdk/streaming')
const { run } = require('../contract/run.cjs')
const dialect = require('./dialect.cjs')

const { APIError, BadRequestError } = Anthropic
const { APIPromise = require('@anthropic-ai/sdk/core').APIPromise } = Anthropic

void run(
  { Client: Anthropic, APIError, BadRequestError, APIPromise, Stream },
  dialect,
  process.argv,
)
