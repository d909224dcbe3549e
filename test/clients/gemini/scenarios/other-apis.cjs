'use strict'
const { attempt } = require('../../contract/observe.cjs')

const embed = ({ client, model }, script = 'ordinary', config = {}) =>
  client.models.embedContent({ model: model(script), contents: ['CANARY-PROMPT', 'two'], config })

/** Embeddings, and a call that is none of ours. */
module.exports = {
  embeddings: (context) => embed(context),
  'embeddings of four dimensions': (context) =>
    embed(context, 'ordinary', { outputDimensionality: 4 }),
  'embeddings of vertex ai': (context) => {
    const { open, options } = context
    return embed({ ...context, client: open(context, { ...options, vertexai: true }) })
  },
  'rejected embeddings': (context) => attempt(() => embed(context, 'bad-request'), context),

  'list of models': async ({ client }) => (await client.models.list()).page,
}
