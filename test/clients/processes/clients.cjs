'use strict'

/** How the programs speak to each client. */
module.exports = {
  openai: {
    module: 'openai',
    open: ({ OpenAI }, options) => new OpenAI(options),
    create: (client, model, more) =>
      client.chat.completions.create({ model, messages: [], ...more }),
    kindOf: ({ object }) => object,
  },
  anthropic: {
    module: '@anthropic-ai/sdk',
    open: ({ Anthropic }, options) => new Anthropic(options),
    create: (client, model, more) =>
      client.messages.create({ model, max_tokens: 9, messages: [], ...more }),
    kindOf: ({ type }) => type,
  },
}
