'use strict'
const { attempt, collect, describePromise, describeStream } = require('../../contract/observe.cjs')

const body = ({ model }, script, more) => ({
  model: model(script),
  instructions: 'CANARY-INSTRUCTIONS',
  input: 'CANARY-PROMPT',
  ...more,
})
const create = (context, script, more) =>
  context.client.responses.create(body(context, script, more))
const tools = [
  {
    type: 'function',
    name: 'weather',
    parameters: { type: 'object', properties: {} },
    strict: false,
  },
]

/** The Responses API, streamed and not. */
module.exports = {
  response: async (context) => {
    const promise = create(context, 'ordinary')
    const shape = describePromise(promise, context)
    const response = await promise
    const { _request_id: requestID } = response
    return { shape, response, text: response.output_text, requestID }
  },

  'response of a tool call': (context) => create(context, 'tools', { tools }),

  'response with reasoning effort': (context) =>
    create(context, 'ordinary', { reasoning: { effort: 'high' }, previous_response_id: 'resp_0' }),

  'response to a list of items': (context) =>
    create(context, 'ordinary', {
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'CANARY-PROMPT' }] },
        { type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{}' },
        { type: 'function_call_output', call_id: 'call_1', output: 'CANARY-TOOL-RESULT' },
      ],
    }),

  'truncated response': (context) => create(context, 'truncated'),

  'rejected response': (context) => attempt(() => create(context, 'bad-request'), context),

  'response withResponse': async (context) => {
    const { data, request_id } = await create(context, 'ordinary').withResponse()
    return { data, request_id }
  },

  'response asResponse': async (context) => {
    const raw = await create(context, 'ordinary').asResponse()
    return raw.json()
  },

  'response stream': async (context) => {
    const stream = await create(context, 'ordinary', { stream: true })
    return { shape: describeStream(stream, context), ...(await collect(stream, context)) }
  },

  'response stream of a tool call': async (context) =>
    collect(await create(context, 'tools', { tools, stream: true }), context),

  'response stream, truncated': async (context) =>
    collect(await create(context, 'truncated', { stream: true }), context),

  'response stream, early break': async (context) => {
    const stream = await create(context, 'paced', { stream: true })
    for await (const event of stream) if (event.type === 'response.output_text.delta') break
    return stream.controller.signal.aborted
  },

  'response stream with an error event': async (context) =>
    collect(await create(context, 'error-event', { stream: true }), context),

  'response stream that the provider drops': async (context) =>
    collect(await create(context, 'drop', { stream: true }), context),

  'rejected response stream': (context) =>
    attempt(() => create(context, 'bad-request', { stream: true }), context),

  'response parse': async (context) => {
    const text = { format: context.weatherTextFormat }
    const parsed = await context.client.responses.parse(body(context, 'json', { text }))
    return { parsed: parsed.output_parsed, text: parsed.output_text, parsedResponse: parsed }
  },

  'response stream helper': async (context) => {
    const { client, lacks } = context
    if (!client.responses.stream) return lacks('responses.stream')
    const helper = client.responses.stream(body(context, 'ordinary'))
    const types = []
    for await (const event of helper) types.push(event.type)
    return { class: helper.constructor.name, types, final: await helper.finalResponse() }
  },

  'response stream helper, early break': async (context) => {
    const { client, lacks } = context
    if (!client.responses.stream) return lacks('responses.stream')
    const helper = client.responses.stream(body(context, 'paced'))
    for await (const _ of helper) break
    return helper.aborted
  },
}
