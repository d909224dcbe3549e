'use strict'
const OpenAI = require('openai')
const { run } = require('./application.cjs')

const [, , baseURL, own] = process.argv
if (own) require('./sdk.cjs').start()

void run(OpenAI, baseURL)
