'use strict'
const { collect } = require('../../contract/observe.cjs')

/** A client whose own tracing is switched off, or told of a conversation. */
module.exports = {
  'client that does not trace itself': ({ at }) => at({ openTelemetry: false }, 'ordinary'),

  'stream of a client that does not trace itself': async (context) =>
    collect(await context.at({ openTelemetry: false }, 'ordinary', context.streaming), context),

  'conversation of a request': ({ create }) =>
    create('ordinary', {}, { openTelemetry: { conversationId: 'conversation-7' } }),
}
