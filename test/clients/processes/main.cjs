'use strict'
const programs = require('./programs.cjs')

const [, , baseURL, program, specifier = 'openai'] = process.argv
const { OpenAI } = require(specifier)

void programs[program](new OpenAI({ apiKey: 'x', baseURL }))
