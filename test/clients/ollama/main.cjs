'use strict'
const { Ollama } = require('ollama')
const { run } = require('../contract/run.cjs')
const dialect = require('./dialect.cjs')

void run({ Client: Ollama, APIError: Error, BadRequestError: Error }, dialect, process.argv)
