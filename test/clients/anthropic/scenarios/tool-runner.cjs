'use strict'
const { attempt } = require('../../contract/observe.cjs')

const weather = (run) => ({
  type: 'custom',
  name: 'weather',
  description: 'CANARY-TOOL-DESCRIPTION',
  input_schema: { type: 'object', properties: { city: { type: 'string' } } },
  parse: (input) => input,
  run,
})
const answer = ({ city }) => `CANARY-TOOL-RESULT of ${city}`
const failing = () => {
  throw new RangeError('CANARY-TOOL-ERROR')
}
const runner = ({ client, request }, run, more) =>
  client.beta.messages.toolRunner(request('tools', { tools: [weather(run)], ...more }))
const where = (scenario) => (context) =>
  context.client.beta.messages.toolRunner
    ? scenario(context)
    : context.lacks('beta.messages.toolRunner')

/** Loops of calls and tools that the client runs itself. */
module.exports = {
  'tool runner': where(async (context) => {
    const loop = runner(context, answer)
    const messages = []
    for await (const message of loop) messages.push(message)
    return { class: loop.constructor.name, messages, params: loop.params.messages }
  }),

  'tool runner, awaited': where((context) => runner(context, answer)),

  'tool runner, streamed': where(async (context) => {
    const events = []
    for await (const stream of runner(context, answer, { stream: true })) {
      for await (const event of stream) events.push(event.type)
    }
    return events
  }),

  'tool runner of a tool that throws': where((context) => runner(context, failing)),

  'tool runner, early break': where(async (context) => {
    for await (const message of runner(context, answer)) return message
    return undefined
  }),

  'tool runner of a rejected call': where(({ client, request, ...context }) =>
    attempt(
      () =>
        client.beta.messages
          .toolRunner(request('bad-request', { tools: [weather(answer)] }))
          .runUntilDone(),
      context,
    ),
  ),
}
