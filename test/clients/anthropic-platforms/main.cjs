'use strict'
const aws = require('@anthropic-ai/aws-sdk')
const bedrock = require('@anthropic-ai/bedrock-sdk')
const foundry = require('@anthropic-ai/foundry-sdk')
const vertex = require('@anthropic-ai/vertex-sdk')
const { run } = require('./clients.cjs')

void run({ ...aws, ...bedrock, ...foundry, ...vertex }, process.argv[2])
