'use strict'

/** How the programs speak to each client. */
module.exports = {
  openai: {
    module: 'openai',
    open: ({ OpenAI }, options) => new OpenAI(options),
    create: (client, model, more) =>
      client.chat.completions.create({ model, messages: [], ...more }),
    kindOf: ({ object }) => object,
    idOf: ({ id }) => id,
  },
  anthropic: {
    module: '@anthropic-ai/sdk',
    open: ({ Anthropic }, options) => new Anthropic(options),
    create: (client, model, more) =>
      client.messages.create({ model, max_tokens: 9, messages: [], ...more }),
    kindOf: ({ type }) => type,
    idOf: ({ id }) => id,
  },
  gemini: {
    module: '@google/genai',
    open: ({ GoogleGenAI }, { apiKey, baseURL }) =>
      new GoogleGenAI({ apiKey, httpOptions: { baseUrl: baseURL } }),
    create: ({ models }, model, { stream } = {}) =>
      models[stream ? 'generateContentStream' : 'generateContent']({ model, contents: 'Hello' }),
    kindOf: ({ modelVersion }) => modelVersion,
    idOf: ({ responseId }) => responseId,
  },
}
