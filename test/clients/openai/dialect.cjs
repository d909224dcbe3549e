'use strict'

const resource = (client) => client.chat.completions
const textOf = ({ choices }) => choices[0]?.delta?.content

/** How the scenarios speak to an openai client. */
module.exports = {
  open: ({ Client }, options) => new Client(options),
  resource,
  create: (client, request, options) => resource(client).create(request, options),
  request: (model, more) => ({
    model,
    messages: [
      { role: 'system', content: 'CANARY-SYSTEM' },
      { role: 'user', content: 'CANARY-PROMPT' },
    ],
    ...more,
  }),
  /** What makes a request one for a stream that tells its usage. */
  streaming: { stream: true, stream_options: { include_usage: true } },
  textOf,
  tools: [{ type: 'function', function: { name: 'weather', parameters: {} } }],
  resources: ({ chat, completions, embeddings, responses }) => ({
    chat: chat.completions,
    completions,
    embeddings,
    responses,
  }),
  scenarios: require('./scenarios/index.cjs'),
}
