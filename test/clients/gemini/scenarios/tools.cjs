'use strict'
const { attempt, collect } = require('../../contract/observe.cjs')

/** A tool that the client calls by itself. */
const callable = (answer) => ({
  tool: async () => ({ functionDeclarations: [{ name: 'weather' }] }),
  callTool: async (calls) => calls.map(({ name }) => answer(name)),
})
const rain = callable((name) => ({
  functionResponse: { name, response: { output: 'CANARY-TOOL-RESULT' } },
}))
const broken = callable(() => {
  throw new RangeError('CANARY-TOOL-ERROR')
})

/** Chats, and function calling that the client does by itself: one call, many requests. */
module.exports = {
  'automatic function calling': ({ create }) => create('tools', { tools: [rain] }),
  'automatic function calling, streamed': async (context) =>
    collect(await context.create('tools', { tools: [rain], stream: true }), context),
  'automatic function calling, early break': async ({ create }) => {
    const stream = await create('tools', { tools: [rain], stream: true })
    const { value } = await stream.next()
    await stream.return()
    return value
  },
  'automatic function calling of a tool that throws': (context) =>
    attempt(() => context.create('tools', { tools: [broken] }), context),

  chat: async ({ client, model }) => {
    const chat = client.chats.create({ model: model('ordinary') })
    await chat.sendMessage({ message: 'CANARY-PROMPT' })
    await chat.sendMessage({ message: 'CANARY-PROMPT' })
    return chat.getHistory()
  },
  'chat, streamed': async (context) => {
    const chat = context.client.chats.create({ model: context.model('ordinary') })
    const read = await collect(await chat.sendMessageStream({ message: 'CANARY-PROMPT' }), context)
    return { read, history: chat.getHistory() }
  },
  'chat that is refused, then answered': async (context) => {
    const { client, model } = context
    const chat = client.chats.create({ model: model('server-error-once') })
    const refused = await attempt(() => chat.sendMessage({ message: 'CANARY-PROMPT' }), context)
    return { refused, history: chat.getHistory() }
  },
}
