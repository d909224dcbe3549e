'use strict'
const { attempt, collect, deepFreeze } = require('../../contract/observe.cjs')

const thinking = { thinking: { type: 'enabled', budget_tokens: 1024 }, max_tokens: 2048 }
const image = { type: 'base64', media_type: 'image/png', data: 'CANARYIMAGE' }
const pdf = { type: 'base64', media_type: 'application/pdf', data: 'CANARYPDF' }
const user = (...content) => [{ role: 'user', content }]
const prompt = { type: 'text', text: 'CANARY-PROMPT', cache_control: { type: 'ephemeral' } }

/** Messages in all that a request can hold. */
module.exports = {
  plain: async ({ create }) => {
    const message = await create('ordinary')
    const { _request_id: requestID } = message
    return {
      message,
      keys: Object.keys(message),
      requestID,
      extensible: Object.isExtensible(message),
    }
  },

  'all request fields': ({ create }) =>
    create('ordinary', {
      temperature: 0.3,
      top_p: 0.9,
      top_k: 40,
      stop_sequences: ['END', 'STOP'],
      service_tier: 'standard_only',
      output_config: { effort: 'low' },
      metadata: { user_id: 'CANARY-USER' },
    }),

  'system blocks with a cache': ({ create }) =>
    create('ordinary', {
      system: [{ ...prompt, cache_control: { type: 'ephemeral', ttl: '1h' } }],
      messages: user(prompt),
    }),

  'tool calls': ({ create, tools }) => create('tools', { tools }),

  'tool results': ({ create, tools }) =>
    create('tools', {
      tools,
      messages: [
        { role: 'user', content: 'CANARY-PROMPT' },
        {
          role: 'assistant',
          content: [
            { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'CANARY' } },
          ],
        },
        ...user({ type: 'tool_result', tool_use_id: 'toolu_1', content: 'CANARY-TOOL-RESULT' }),
      ],
    }),

  'extended thinking': ({ create }) => create('ordinary', thinking),

  'stream of extended thinking': async (context) =>
    collect(await context.create('ordinary', { ...thinking, ...context.streaming }), context),

  'images and documents': ({ create }) =>
    create('ordinary', {
      messages: user(
        { type: 'text', text: 'CANARY-PROMPT' },
        { type: 'image', source: image },
        { type: 'image', source: { type: 'url', url: 'https://example.com/CANARY-URL.png' } },
        { type: 'document', source: pdf },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'CANARY' } },
      ),
    }),

  refusal: ({ create }) => create('refusal'),
  truncated: ({ create }) => create('truncated'),
  'content filter': ({ create }) => create('content-filter'),

  'eighty messages': ({ create }) => {
    const messages = Array.from({ length: 80 }, (_, index) => ({
      role: index % 2 ? 'assistant' : 'user',
      content: `CANARY-PROMPT ${index}`,
    }))
    return create('ordinary', { messages })
  },

  'frozen arguments': async ({ client, request, resource, tools }) => {
    const body = deepFreeze(request('ordinary', { tools }))
    const options = deepFreeze({ headers: { 'x-extra': 'yes' }, maxRetries: 1 })
    return resource(client).create(body, options)
  },

  'large answer': async ({ create }) => (await create('large')).content[0].text.length,

  'no arguments': (context) => attempt(() => context.resource(context.client).create(), context),

  'no messages': async (context) => {
    const { client, model, resource } = context
    const body = { model: model('ordinary'), max_tokens: 9 }
    return attempt(() => resource(client).create(body), context)
  },

  'odd messages': (context) => {
    const messages = [null, 7, { role: 'user', content: { odd: true } }]
    return attempt(() => context.create('ordinary', { messages }), context)
  },

  'odd blocks': (context) => {
    const messages = user(null, 7, { type: 'image' }, { type: 'tool_result', content: [null] })
    return attempt(() => context.create('ordinary', { messages, tools: [null] }), context)
  },
}
