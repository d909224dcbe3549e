'use strict'
const { attempt, collect } = require('../../contract/observe.cjs')

const create = ({ client, request }, script, more) =>
  client.beta.messages.create(request(script, more))

/** The beta of the Messages API: the same in classes of its own. */
module.exports = {
  'beta message': (context) => create(context, 'ordinary', { betas: ['files-api-2025-04-14'] }),
  'beta message, rejected': (context) => attempt(() => create(context, 'bad-request'), context),
  'beta stream': async (context) =>
    collect(await create(context, 'ordinary', { stream: true }), context),
  'beta stream helper': (context) => {
    const { client, request } = context
    return client.beta.messages.stream(request('ordinary')).finalMessage()
  },
}
