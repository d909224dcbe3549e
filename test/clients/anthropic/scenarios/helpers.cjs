'use strict'
const { attempt, collect } = require('../../contract/observe.cjs')

const NAMES = ['connect', 'streamEvent', 'text', 'message', 'finalMessage', 'end', 'error', 'abort']
const stream = ({ client, request }, script, more) => client.messages.stream(request(script, more))

async function events(helper, names) {
  const seen = []
  for (const name of names) helper.once(name, () => seen.push(name))
  await helper.done().catch(() => {})
  return seen
}

const format = {
  type: 'json_schema',
  schema: {
    type: 'object',
    properties: { city: { type: 'string' }, celsius: { type: 'number' } },
    required: ['city', 'celsius'],
    additionalProperties: false,
  },
}

/** The client's own helpers on top of `create`. */
module.exports = {
  parse: async (context) => {
    const { client, request, lacks } = context
    if (!client.messages.parse) return lacks('messages.parse')
    const message = await client.messages.parse(
      request('json', { output_config: { format: { ...format, parse: JSON.parse } } }),
    )
    return { message, parsed: message.parsed_output }
  },

  'parse of a rejected call': (context) => {
    const { client, request, lacks } = context
    if (!client.messages.parse) return lacks('messages.parse')
    return attempt(
      () => client.messages.parse(request('bad-request', { output_config: { format } })),
      context,
    )
  },

  'stream helper': async (context) => {
    const helper = stream(context, 'ordinary')
    const order = events(helper, NAMES)
    const chunks = []
    for await (const chunk of helper) chunks.push(chunk)
    return {
      class: helper.constructor.name,
      chunks,
      text: await helper.finalText(),
      message: await helper.finalMessage(),
      order: await order,
    }
  },

  'stream helper with tools': async (context) => {
    const helper = stream(context, 'tools', { tools: context.tools })
    return (await helper.finalMessage()).content
  },

  'stream helper with response': async (context) => {
    const { data, request_id } = await stream(context, 'ordinary').withResponse()
    return { request_id, message: await data.finalMessage() }
  },

  'stream helper, aborted': async (context) => {
    const helper = stream(context, 'stall')
    const order = events(helper, ['connect', 'streamEvent', 'end', 'error', 'abort'])
    const outcome = await attempt(async () => {
      for await (const _ of helper) helper.abort()
    }, context)
    return { outcome, aborted: helper.aborted, order: await order }
  },

  'stream helper, early break': async (context) => {
    const helper = stream(context, 'paced')
    for await (const _ of helper) break
    return { aborted: helper.aborted }
  },

  'stream helper of a dropped stream': async (context) => {
    const helper = stream(context, 'drop')
    const order = events(helper, NAMES)
    return { outcome: await attempt(() => helper.finalText(), context), order: await order }
  },

  'stream helper of a rejected call': (context) =>
    attempt(() => stream(context, 'bad-request').done(), context),

  'stream helper to a readable stream and back': async (context) => {
    const helper = stream(context, 'ordinary')
    const copy = context.Stream.fromReadableStream(helper.toReadableStream(), new AbortController())
    return collect(copy, context)
  },
}
