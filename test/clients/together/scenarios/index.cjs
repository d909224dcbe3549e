'use strict'
const { collect } = require('../../contract/observe.cjs')
const openai = require('../../openai/scenarios/other-apis.cjs')

/** Every scenario by its name. */
module.exports = {
  ...require('../../openai/scenarios/chat.cjs'),
  ...require('../../contract/scenarios/index.cjs'),
  ...require('../../contract/scenarios/generated/index.cjs'),
  'stream of two choices': async (context) =>
    collect(await context.create('ordinary', { n: 2, stream: true }), context),
  'stream helper': async ({ client, request }) =>
    client.chat.completions.stream(request('ordinary')).finalContent(),
  embeddings: openai.embeddings,
  'rejected embeddings': openai['rejected embeddings'],
  'legacy completion': openai['legacy completion'],
  'legacy completion stream': openai['legacy completion stream'],
  'rejected legacy completion': openai['rejected legacy completion'],
  'list of models': ({ client }) => client.models.list(),
}
