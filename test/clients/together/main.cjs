'use strict'
const Together = require('together-ai')
const { APIPromise } = require('together-ai/api-promise')
const { Stream } = require('together-ai/streaming')
const { run } = require('../contract/run.cjs')
const dialect = require('./dialect.cjs')

const { APIError, BadRequestError } = Together
void run({ Client: Together, APIError, BadRequestError, APIPromise, Stream }, dialect, process.argv)
