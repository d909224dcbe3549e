'use strict'
const Anthropic = require('@anthropic-ai/sdk')

const request = { model: 'ordinary', max_tokens: 9, messages: [{ role: 'user', content: 'Hello' }] }

/** A call, a stream, and a request that theirs does not know. */
async function run() {
  const { messages } = new Anthropic({ apiKey: 'x', baseURL: process.argv[2] })
  const { id } = await messages.create(request)
  let events = 0
  for await (const _ of await messages.create({ ...request, stream: true })) events += 1
  const { input_tokens: tokens } = await messages.countTokens(request)
  process.stdout.write(`${id} ${events > 1} ${tokens > 0}\n`)
}

void run()
