'use strict'
const openai = require('../openai/dialect.cjs')

/** How the scenarios speak to a Groq client: as to openai's, but that every stream tells its usage. */
module.exports = {
  ...openai,
  streaming: { stream: true },
  resources: ({ chat, embeddings }) => ({ chat: chat.completions, embeddings }),
  scenarios: require('./scenarios/index.cjs'),
}
