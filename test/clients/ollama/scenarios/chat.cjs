'use strict'
const { attempt, collect } = require('../../contract/observe.cjs')

/** Chats as no other client has them. */
module.exports = {
  plain: async ({ create }) => {
    const answer = await create('ordinary')
    return { answer, keys: Object.keys(answer) }
  },

  'all request fields': ({ create }) =>
    create('ordinary', {
      format: 'json',
      think: 'high',
      keep_alive: '10m',
      options: {
        num_predict: 100,
        temperature: 0.3,
        top_p: 0.9,
        top_k: 40,
        frequency_penalty: 0.5,
        presence_penalty: 0.25,
        seed: 7,
        stop: ['END', 'STOP'],
      },
    }),

  'tool calls': ({ create, tools }) => create('tools', { tools }),

  'tool results': ({ create, tools }) =>
    create('tools', {
      tools,
      messages: [
        { role: 'user', content: 'CANARY-PROMPT' },
        {
          role: 'assistant',
          content: '',
          tool_calls: [
            { function: { name: 'weather', arguments: { city: 'CANARY-TOOL-ARGUMENT' } } },
          ],
        },
        { role: 'tool', tool_name: 'weather', content: 'CANARY-TOOL-RESULT' },
      ],
    }),

  truncated: ({ create }) => create('truncated'),

  'stream of thoughts': async (context) =>
    collect(await context.create('ordinary', { think: true, stream: true }), context),

  'an image in bytes': ({ create }) =>
    create('ordinary', {
      messages: [{ role: 'user', content: 'CANARY-PROMPT', images: [Buffer.from('CANARY-IMAGE')] }],
    }),

  'eighty messages': ({ create }) =>
    create('ordinary', {
      messages: Array.from({ length: 80 }, (_, index) => ({
        role: index % 2 ? 'assistant' : 'user',
        content: `CANARY-PROMPT ${index}`,
      })),
    }),

  'stream aborted': async (context) => {
    const stream = await context.create('stall', { stream: true })
    const seen = []
    const outcome = await attempt(async () => {
      for await (const line of stream) {
        seen.push(line)
        if (seen.length === 3) stream.abort()
      }
    }, context)
    return { seen, outcome }
  },

  'client aborted': async (context) => {
    const client = context.open(context, context.options)
    const stream = await context.createWith(client, 'stall', { stream: true })
    const iterator = stream[Symbol.asyncIterator]()
    for (const _ of [1, 2, 3]) await iterator.next()
    const waiting = attempt(() => iterator.next(), context)
    client.abort()
    return waiting
  },

  'stream shape': async ({ create }) => {
    const stream = await create('ordinary', { stream: true })
    return {
      class: stream.constructor.name,
      keys: Object.keys(stream),
      iterator: typeof stream[Symbol.asyncIterator]().next,
    }
  },

  'no arguments': (context) => attempt(() => context.client.chat(), context),
}
