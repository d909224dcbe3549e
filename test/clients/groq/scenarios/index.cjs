'use strict'
const { collect } = require('../../contract/observe.cjs')
const {
  embeddings,
  'rejected embeddings': rejected,
} = require('../../openai/scenarios/other-apis.cjs')

/** Every scenario by its name. */
module.exports = {
  ...require('../../openai/scenarios/chat.cjs'),
  ...require('../../contract/scenarios/index.cjs'),
  ...require('../../contract/scenarios/generated/index.cjs'),
  'stream of two choices': async (context) =>
    collect(await context.create('ordinary', { n: 2, stream: true }), context),
  embeddings,
  'rejected embeddings': rejected,
  'list of models': async ({ client }) => (await client.models.list()).data,
}
