'use strict'
const { attempt, collect } = require('../../contract/observe.cjs')

// Version 4 keeps its helpers under `beta`.
const completions = ({ client, major }) =>
  major === 4 ? client.beta.chat.completions : client.chat.completions

const weather = {
  type: 'function',
  function: {
    name: 'weather',
    description: 'CANARY-TOOL-DESCRIPTION',
    parse: JSON.parse,
    function: ({ city }) => `CANARY-TOOL-RESULT of ${city}`,
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
}

const failing = () => {
  throw new RangeError('CANARY-TOOL-ERROR')
}

async function events(helper, names) {
  const seen = []
  for (const name of names) helper.once(name, () => seen.push(name))
  await helper.done().catch(() => {})
  return seen
}

const NAMES = ['connect', 'chunk', 'content', 'message', 'finalContent', 'end', 'error', 'abort']

/** The client's own helpers on top of `create`. */
module.exports = {
  parse: async (context) => {
    const completion = await completions(context).parse(
      context.request('json', { response_format: context.weatherFormat }),
    )
    const { _request_id: requestID } = completion
    return { completion, requestID, parsed: completion.choices[0].message.parsed }
  },

  'parse of a truncated answer': (context) =>
    attempt(
      () =>
        completions(context).parse(
          context.request('truncated', { response_format: context.weatherFormat }),
        ),
      context,
    ),

  'parse of a refusal': (context) =>
    completions(context).parse(
      context.request('refusal', { response_format: context.weatherFormat }),
    ),

  'parse of a rejected call': (context) =>
    attempt(
      () =>
        completions(context).parse(
          context.request('bad-request', { response_format: context.weatherFormat }),
        ),
      context,
    ),

  'parse with response': async (context) => {
    const { data, request_id } = await completions(context)
      .parse(context.request('json', { response_format: context.weatherFormat }))
      .withResponse()
    return { parsed: data.choices[0].message.parsed, request_id }
  },

  'stream helper': async (context) => {
    const helper = completions(context).stream(
      context.request('ordinary', { stream_options: { include_usage: true } }),
    )
    const order = events(helper, NAMES)
    const chunks = []
    for await (const chunk of helper) chunks.push(chunk)
    return {
      class: helper.constructor.name,
      chunks,
      content: await helper.finalContent(),
      completion: await helper.finalChatCompletion(),
      usage: await helper.totalUsage(),
      order: await order,
    }
  },

  'stream helper with tools': async (context) => {
    const { function: tool } = weather
    const tools = [{ type: 'function', function: { name: tool.name, parameters: tool.parameters } }]
    const helper = completions(context).stream(context.request('tools', { tools }))
    return (await helper.finalChatCompletion()).choices
  },

  'stream helper, aborted': async (context) => {
    const helper = completions(context).stream(context.request('stall'))
    const order = events(helper, ['connect', 'chunk', 'end', 'error', 'abort'])
    const outcome = await attempt(async () => {
      for await (const _ of helper) helper.abort()
    }, context)
    return { outcome, aborted: helper.aborted, order: await order }
  },

  'stream helper, early break': async (context) => {
    const helper = completions(context).stream(context.request('paced'))
    for await (const _ of helper) break
    return { aborted: helper.aborted }
  },

  'stream helper of a dropped stream': async (context) => {
    const helper = completions(context).stream(context.request('drop'))
    const order = events(helper, NAMES)
    return { outcome: await attempt(() => helper.finalContent(), context), order: await order }
  },

  'stream helper of a rejected call': (context) =>
    attempt(() => completions(context).stream(context.request('bad-request')).done(), context),

  'stream helper to a readable stream and back': async (context) => {
    const helper = completions(context).stream(context.request('ordinary'))
    const copy = context.Stream.fromReadableStream(helper.toReadableStream(), new AbortController())
    return collect(copy, context)
  },

  runTools: async (context) => {
    const runner = completions(context).runTools(context.request('tools', { tools: [weather] }))
    return {
      class: runner.constructor.name,
      content: await runner.finalContent(),
      messages: runner.messages,
      usage: await runner.totalUsage(),
    }
  },

  'runTools, streamed': async (context) => {
    const runner = completions(context).runTools(
      context.request('tools', { stream: true, tools: [weather] }),
    )
    return { content: await runner.finalContent(), messages: runner.messages }
  },

  'runTools of a tool that throws': (context) => {
    const tools = [{ ...weather, function: { ...weather.function, function: failing } }]
    const runner = completions(context).runTools(context.request('tools', { tools }))
    return attempt(() => runner.finalContent(), context)
  },
}
