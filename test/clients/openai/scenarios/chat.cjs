'use strict'
const { attempt, deepFreeze } = require('../../contract/observe.cjs')

const tools = [
  {
    type: 'function',
    function: {
      name: 'weather',
      description: 'CANARY-TOOL-DESCRIPTION',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
    },
  },
]
const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, celsius: { type: 'number' } },
  required: ['city', 'celsius'],
  additionalProperties: false,
}

/** Chat completions that are answered in one piece. */
module.exports = {
  plain: async ({ create }) => {
    const completion = await create('ordinary')
    const { _request_id: requestID } = completion
    return {
      completion,
      keys: Object.keys(completion),
      requestID,
      extensible: Object.isExtensible(completion),
    }
  },

  'all request fields': ({ create }) =>
    create('ordinary', {
      frequency_penalty: 0.5,
      presence_penalty: 0.25,
      max_completion_tokens: 100,
      seed: 7,
      stop: ['END', 'STOP'],
      temperature: 0.3,
      top_p: 0.9,
      reasoning_effort: 'low',
      service_tier: 'flex',
      user: 'CANARY-USER',
      metadata: { purpose: 'CANARY-METADATA' },
    }),

  'two choices': ({ create }) => create('ordinary', { n: 2 }),

  'tool calls': ({ create }) => create('tools', { tools }),

  'tool results': ({ create }) =>
    create('tools', {
      tools,
      messages: [
        { role: 'user', content: 'CANARY-PROMPT' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'CANARY-TOOL-RESULT' },
      ],
    }),

  refusal: ({ create }) => create('refusal'),

  'json schema': ({ create }) =>
    create('json', {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'weather', strict: true, schema },
      },
    }),

  'content filter': ({ create }) => create('content-filter'),

  truncated: ({ create }) => create('truncated'),

  'eighty messages': ({ create }) => {
    const messages = Array.from({ length: 80 }, (_, index) => ({
      role: index % 2 ? 'assistant' : 'user',
      content: `CANARY-PROMPT ${index}`,
    }))
    return create('ordinary', { messages })
  },

  'image and audio parts': ({ create }) =>
    create('ordinary', {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'CANARY-PROMPT' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,CANARYIMAGE' } },
            { type: 'input_audio', input_audio: { data: 'CANARYAUDIO', format: 'wav' } },
          ],
        },
      ],
    }),

  'frozen arguments': async ({ client, request, resource }) => {
    const body = deepFreeze(request('ordinary', { tools }))
    const options = deepFreeze({ headers: { 'x-extra': 'yes' }, maxRetries: 1 })
    return resource(client).create(body, options)
  },

  'large answer': async ({ create }) => {
    const completion = await create('large')
    return completion.choices[0].message.content.length
  },

  'no arguments': (context) => attempt(() => context.resource(context.client).create(), context),

  'no messages': async (context) => {
    const { client, model, resource } = context
    return attempt(() => resource(client).create({ model: model('ordinary') }), context)
  },

  'odd messages': (context) =>
    attempt(
      () =>
        context.create('ordinary', {
          messages: [null, 7, { role: 'user', content: { odd: true } }],
        }),
      context,
    ),
}
