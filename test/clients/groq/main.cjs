'use strict'
const Groq = require('groq-sdk')
const { VERSION } = require('groq-sdk/version')
const { run } = require('../contract/run.cjs')
const dialect = require('./dialect.cjs')

const isOld = Number.parseInt(VERSION, 10) === 0
const { APIPromise } = require(isOld ? 'groq-sdk/core' : 'groq-sdk/api-promise')
const { Stream } = require(isOld ? 'groq-sdk/lib/streaming' : 'groq-sdk/core/streaming')

const { APIError, BadRequestError } = Groq
void run({ Client: Groq, APIError, BadRequestError, APIPromise, Stream }, dialect, process.argv)
