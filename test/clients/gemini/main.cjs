'use strict'
const { ApiError, GoogleGenAI } = require('@google/genai')
const { run } = require('../contract/run.cjs')
const dialect = require('./dialect.cjs')

void run(
  { Client: GoogleGenAI, APIError: ApiError, BadRequestError: ApiError },
  dialect,
  process.argv,
)
