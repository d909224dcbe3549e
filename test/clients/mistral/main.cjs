'use strict'
const { HTTPClient, Mistral } = require('@mistralai/mistralai')
const { MistralError, SDKError } = require('@mistralai/mistralai/models/errors/index.js')
const { run } = require('../contract/run.cjs')
const dialect = require('./dialect.cjs')

const library = { Client: Mistral, HTTPClient, APIError: MistralError, BadRequestError: SDKError }
void run(library, dialect, process.argv)
