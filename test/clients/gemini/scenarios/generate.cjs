'use strict'

const IMAGE = { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }
const turn = (role, ...parts) => ({ role, parts })

/** Content that is generated in one piece. */
module.exports = {
  plain: async ({ create }) => {
    const answer = await create('ordinary')
    const { name } = answer.constructor
    return { answer, class: name, text: answer.text, keys: Object.keys(answer) }
  },

  'all request fields': ({ create }) =>
    create('ordinary', {
      config: {
        temperature: 0.3,
        topP: 0.9,
        topK: 40,
        maxOutputTokens: 100,
        seed: 7,
        stopSequences: ['END', 'STOP'],
        presencePenalty: 0.25,
        frequencyPenalty: 0.5,
        responseMimeType: 'application/json',
        thinkingConfig: { thinkingBudget: 512, includeThoughts: true },
      },
    }),

  'two candidates': ({ create }) => create('ordinary', { config: { candidateCount: 2 } }),
  'tool calls': ({ create, tools }) => create('tools', { tools }),
  'tool results': ({ create, tools }) =>
    create('tools', {
      tools,
      contents: [
        turn('user', { text: 'CANARY-PROMPT' }),
        turn('model', { functionCall: { name: 'weather', args: { city: 'CANARY-CITY' } } }),
        turn('user', {
          functionResponse: { name: 'weather', response: { output: 'CANARY-TOOL-RESULT' } },
        }),
      ],
    }),
  'content filter': ({ create }) => create('content-filter'),
  truncated: ({ create }) => create('truncated'),
  'an image to look at': ({ create }) =>
    create('ordinary', { contents: [{ text: 'CANARY-PROMPT' }, IMAGE] }),
  'an image to draw': ({ create }) =>
    create('ordinary', { config: { responseModalities: ['TEXT', 'IMAGE'] } }),
  'eighty contents': ({ create }) => {
    const contents = Array.from({ length: 80 }, (_, index) =>
      turn(index % 2 ? 'model' : 'user', { text: `CANARY-PROMPT ${index}` }),
    )
    return create('ordinary', { contents })
  },

  'path of a model': ({ client, model }) =>
    client.models.generateContent({
      model: `models/${model('ordinary')}`,
      contents: 'CANARY-PROMPT',
    }),

  'vertex ai': async (context) => {
    const { at } = context
    return at({ vertexai: true }, 'ordinary')
  },
}
