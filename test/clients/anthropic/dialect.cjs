'use strict'

const resource = (client) => client.messages

/** How the scenarios speak to an Anthropic client. */
module.exports = {
  open: ({ Client }, options) => new Client(options),
  resource,
  create: (client, request, options) => resource(client).create(request, options),
  request: (model, more) => ({
    model,
    max_tokens: 100,
    system: 'CANARY-SYSTEM',
    messages: [{ role: 'user', content: 'CANARY-PROMPT' }],
    ...more,
  }),
  /** What makes a request one for a stream that tells its usage. */
  streaming: { stream: true },
  textOf: ({ delta }) => delta?.text,
  tools: [
    {
      name: 'weather',
      description: 'CANARY-TOOL-DESCRIPTION',
      input_schema: { type: 'object', properties: { city: { type: 'string' } } },
    },
  ],
  resources: ({ messages, beta }) => ({
    messages,
    batches: messages.batches,
    'beta.messages': beta.messages,
    'beta.batches': beta.messages.batches,
  }),
  scenarios: require('./scenarios/index.cjs'),
}
