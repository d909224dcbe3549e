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
      maxTokens: 100,
      temperature: 0.3,
      topP: 0.9,
      frequencyPenalty: 0.5,
      presencePenalty: 0.25,
      randomSeed: 7,
      stop: ['END', 'STOP'],
      responseFormat: { type: 'json_object' },
      metadata: { purpose: 'CANARY-METADATA' },
    }),

  'two choices': ({ create }) => create('ordinary', { n: 2 }),

  'tool calls': ({ create, tools }) => create('tools', { tools }),

  'tool results': ({ create, tools }) =>
    create('tools', {
      tools,
      messages: [
        { role: 'user', content: 'CANARY-PROMPT' },
        {
          role: 'assistant',
          content: '',
          toolCalls: [{ id: 'D681PevKs', function: { name: 'weather', arguments: '{}' } }],
        },
        { role: 'tool', toolCallId: 'D681PevKs', name: 'weather', content: 'CANARY-TOOL-RESULT' },
      ],
    }),

  truncated: ({ create }) => create('truncated'),

  thoughts: ({ create }) => create('ordinary', { promptMode: 'reasoning' }),

  'stream of thoughts': async (context) =>
    collect(
      await context.create('ordinary', { promptMode: 'reasoning', ...context.streaming }),
      context,
    ),

  'an image and a document': ({ create }) =>
    create('ordinary', {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'CANARY-PROMPT' },
            { type: 'image_url', imageUrl: 'data:image/png;base64,CANARYIMAGE' },
            { type: 'document_url', documentUrl: 'https://example.com/CANARY-DOCUMENT.pdf' },
          ],
        },
      ],
    }),

  'eighty messages': ({ create }) =>
    create('ordinary', {
      messages: Array.from({ length: 80 }, (_, index) => ({
        role: index % 2 ? 'assistant' : 'user',
        content: `CANARY-PROMPT ${index}`,
      })),
    }),

  'request that the client refuses': (context) =>
    attempt(() => context.create('ordinary', { messages: 7 }), context),
}
