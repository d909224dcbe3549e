'use strict'
const { attempt, collect } = require('../../contract/observe.cjs')

const generate = ({ client, model }, more, script = 'ordinary') =>
  client.generate({
    model: model(script),
    prompt: 'CANARY-PROMPT',
    system: 'CANARY-SYSTEM',
    ...more,
  })
const embed = ({ client, model }, more, script = 'ordinary') =>
  client.embed({ model: model(script), input: ['CANARY-PROMPT', 'two'], ...more })

/** Completions, embeddings, and a call that is none of ours. */
module.exports = {
  generate: (context) => generate(context),
  'generate, streamed': async (context) =>
    collect(await generate(context, { stream: true }), context),
  'generate, rejected': (context) => attempt(() => generate(context, {}, 'bad-request'), context),

  embed: (context) => embed(context),
  'embed in four dimensions': (context) => embed(context, { dimensions: 4 }),
  'embed, rejected': (context) => attempt(() => embed(context, {}, 'bad-request'), context),
  embeddings: ({ client, model }) =>
    client.embeddings({ model: model('ordinary'), prompt: 'CANARY-PROMPT' }),

  'list of models': ({ client }) => client.list(),
}
