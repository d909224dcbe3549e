'use strict'
const OpenAI = require('openai')

void require('./calls.cjs').run(new OpenAI({ apiKey: 'x', baseURL: process.argv[2] }))
