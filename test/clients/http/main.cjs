'use strict'
const { createServer } = require('node:http')
const { agent, tool, withContext } = require('@llmscope/sdk')
const OpenAI = require('openai')

const client = new OpenAI({ apiKey: 'x', baseURL: process.argv[2] })
const chat = (model, options = {}) =>
  client.chat.completions.create({ model: `ordinary:${model}`, messages: [], ...options })

/** A service of one's own, which calls a model too and tells what it was sent. */
async function startService() {
  const service = createServer(async (request, response) => {
    await chat('service')
    const { traceparent, baggage } = request.headers
    response.end(JSON.stringify({ traceparent, baggage }))
  })
  service.listen(0, '127.0.0.1')
  await new Promise((resolve) => service.once('listening', resolve))
  return service
}

async function main() {
  const service = await startService()
  const url = `http://127.0.0.1:${service.address().port}/`
  const facts = { conversationId: 'conv 1', variant: 'b', tags: { team: 'shop' }, propagate: true }
  const sent = await withContext(facts, () =>
    withContext({ userId: 'user-7' }, () =>
      agent('planner', async () => {
        await client.models.list()
        await chat('call')
        for await (const chunk of await chat('stream', { stream: true })) void chunk
        return tool('lookup', async () => (await fetch(url)).json())
      }),
    ),
  )
  process.stdout.write(JSON.stringify(sent))
  service.close()
  service.closeAllConnections()
}

void main()
