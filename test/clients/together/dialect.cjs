'use strict'
const openai = require('../openai/dialect.cjs')

/** How the scenarios speak to a Together client: as to openai's, but that every stream tells its usage. */
module.exports = {
  ...openai,
  streaming: { stream: true },
  resources: ({ chat, completions, embeddings }) => ({
    chat: chat.completions,
    completions,
    embeddings,
  }),
  scenarios: require('./scenarios/index.cjs'),
}
