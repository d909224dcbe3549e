'use strict'
const { AnthropicBedrock } = require('@anthropic-ai/bedrock-sdk')
const { AnthropicVertex } = require('@anthropic-ai/vertex-sdk')
const { run } = require('./clients.cjs')

void run(AnthropicBedrock, AnthropicVertex, process.argv[2])
