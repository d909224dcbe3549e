'use strict'
const { attempt, collect } = require('../../contract/observe.cjs')
const {
  // nobody rejects what is not asked for
  'bad request of a stream, iterated later': _,
  'rejected stream never awaited': __,
  ...shared
} = require('../../contract/scenarios/index.cjs')
const chat = require('../../openai/scenarios/chat.cjs')

const generate = (script, more) => (context) =>
  attempt(
    () =>
      context.client.textGeneration({
        model: context.model(script),
        inputs: 'CANARY-PROMPT',
        parameters: { max_new_tokens: 9, temperature: 0.5, ...more },
      }),
    context,
  )

/** Every scenario by its name. */
module.exports = {
  plain: chat.plain,
  'all request fields': chat['all request fields'],
  'two choices': chat['two choices'],
  'tool calls': chat['tool calls'],
  'tool results': chat['tool results'],
  truncated: chat.truncated,
  'eighty messages': chat['eighty messages'],
  ...shared,
  'stream without usage': async (context) =>
    collect(await context.create('ordinary', { stream: true }), context),
  'function of the module': ({ chatCompletion, options, request }) =>
    chatCompletion({ ...request('ordinary'), accessToken: 'x', endpointUrl: options.baseURL }),
  'generated text': generate('ordinary'),
  'generated text, rejected': generate('bad-request'),
  'stream of generated text': async ({ client, model, ...context }) =>
    collect(
      client.textGenerationStream({
        model: model('ordinary'),
        inputs: 'CANARY-PROMPT',
        stream_options: { include_usage: true },
      }),
      context,
    ),
  features: ({ client, model }) =>
    client.featureExtraction({ model: model('ordinary'), inputs: 'CANARY-PROMPT' }),
  'list of models': async ({ baseURL }) => (await fetch(`${baseURL}/models`)).json(),
}
