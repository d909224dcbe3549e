'use strict'

/** What is asked beside content, and a call that is none of ours. */
module.exports = {
  'token count': ({ CountTokens, client, model, lacks }) => {
    if (!CountTokens) return lacks('CountTokensCommand')
    const messages = [{ role: 'user', content: [{ text: 'CANARY-PROMPT' }] }]
    const input = { converse: { messages } }
    return client.send(new CountTokens({ modelId: model('ordinary'), input }))
  },

  'list of invocations': ({ ListAsyncInvokes, client }) => client.send(new ListAsyncInvokes({})),
}
