'use strict'
const { Ollama } = require('ollama')
const { run } = require('./run.cjs')

void run(Ollama, process.argv)
