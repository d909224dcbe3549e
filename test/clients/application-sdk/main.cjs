'use strict'
const OpenAI = require('openai')
const { endings, run } = require('./application.cjs')

const [, , baseURL, own, ending] = process.argv
if (own === 'own') require('./sdk.cjs').start()

void run(OpenAI, baseURL).then(() => endings[ending]?.())
