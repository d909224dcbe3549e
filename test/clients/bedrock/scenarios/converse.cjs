'use strict'

const turn = (role, ...content) => ({ role, content })

/** Turns of a conversation. */
module.exports = {
  plain: async ({ create }) => {
    const answer = await create('ordinary')
    return { answer, class: answer.constructor.name, keys: Object.keys(answer) }
  },

  'all request fields': ({ create }) =>
    create('ordinary', {
      inferenceConfig: {
        maxTokens: 100,
        temperature: 0.3,
        topP: 0.9,
        stopSequences: ['END', 'STOP'],
      },
      additionalModelRequestFields: { top_k: 40, reasoning_effort: 'low' },
      guardrailConfig: { guardrailIdentifier: 'guardrail-1', guardrailVersion: '1' },
    }),

  'tool calls': ({ create, tools }) => create('tools', { tools }),
  'tool results': ({ create, tools }) =>
    create('tools', {
      tools,
      messages: [
        turn('user', { text: 'CANARY-PROMPT' }),
        turn('assistant', {
          toolUse: { toolUseId: '1', name: 'weather', input: { city: 'CANARY-CITY' } },
        }),
        turn('user', {
          toolResult: { toolUseId: '1', content: [{ json: { output: 'CANARY-TOOL-RESULT' } }] },
        }),
      ],
    }),
  'content filter': ({ create }) => create('content-filter'),
  truncated: ({ create }) => create('truncated'),
  'an image to look at': ({ create }) =>
    create('ordinary', {
      messages: [
        turn(
          'user',
          { text: 'CANARY-PROMPT' },
          { image: { format: 'png', source: { bytes: Buffer.from('CANARY-IMAGE') } } },
        ),
      ],
    }),
  'eighty messages': ({ create }) => {
    const messages = Array.from({ length: 80 }, (_, index) =>
      turn(index % 2 ? 'assistant' : 'user', { text: `CANARY-PROMPT ${index}` }),
    )
    return create('ordinary', { messages })
  },
  'a model by its ARN': async ({ Converse, client, request, model }) => {
    const arn = 'arn:aws:bedrock:eu-north-1:123456789012:inference-profile'
    const command = new Converse({ ...request('ordinary'), modelId: `${arn}/${model('ordinary')}` })
    return client.send(command)
  },
  'the client of all commands': ({ Aggregated, open, options, request }) =>
    open({ Client: Aggregated }, options).converse(request('ordinary')),
}
