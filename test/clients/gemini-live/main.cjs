'use strict'
const { GoogleGenAI } = require('@google/genai')
const { run } = require('./sessions.cjs')

void run(GoogleGenAI, process.argv)
