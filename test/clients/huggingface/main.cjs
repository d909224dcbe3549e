'use strict'
const { InferenceClient, InferenceClientError, chatCompletion } = require('@huggingface/inference')
const { run } = require('../contract/run.cjs')
const dialect = require('./dialect.cjs')

void run(
  {
    Client: InferenceClient,
    APIError: InferenceClientError,
    BadRequestError: InferenceClientError,
    chatCompletion,
  },
  dialect,
  process.argv,
)
