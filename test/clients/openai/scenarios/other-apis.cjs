'use strict'
const { attempt, collect } = require('../../contract/observe.cjs')

const embed = ({ client, model }, more = {}, script = 'ordinary') =>
  client.embeddings.create({ model: model(script), input: ['CANARY-PROMPT', 'two'], ...more })
const complete = ({ client, model }, more = {}, script = 'ordinary') =>
  client.completions.create({ model: model(script), prompt: 'CANARY-PROMPT', ...more })

/** Embeddings, legacy completions, and a call that is none of ours. */
module.exports = {
  embeddings: (context) => embed(context),
  'embeddings as floats': (context) => embed(context, { encoding_format: 'float', dimensions: 4 }),
  'embeddings as base64': (context) => embed(context, { encoding_format: 'base64' }),
  'embeddings with response': async (context) => {
    const { data, request_id } = await embed(context).withResponse()
    return { data, request_id }
  },
  'embeddings asResponse': async (context) => (await embed(context).asResponse()).json(),
  'rejected embeddings': (context) => attempt(() => embed(context, {}, 'bad-request'), context),

  'legacy completion': (context) => complete(context, { max_tokens: 9, suffix: 'CANARY-SUFFIX' }),
  'legacy completion stream': async (context) =>
    collect(await complete(context, { stream: true }), context),
  'legacy completion stream with usage': async (context) =>
    collect(
      await complete(context, { stream: true, stream_options: { include_usage: true } }),
      context,
    ),
  'rejected legacy completion': (context) =>
    attempt(() => complete(context, {}, 'bad-request'), context),

  'list of models': async ({ client }) => (await client.models.list()).data,
}
