'use strict'
const { attempt } = require('../../contract/observe.cjs')

const count = ({ client, model }, script = 'ordinary') =>
  client.messages.countTokens({
    model: model(script),
    messages: [{ role: 'user', content: 'CANARY-PROMPT' }],
  })

const params = { model: 'ordinary', max_tokens: 9, messages: [] }
const requests = ['first', 'second'].map((custom_id) => ({ custom_id, params }))

async function everyBatchMethod(batches) {
  const { id } = await batches.create({ requests })
  const listed = []
  for await (const batch of batches.list()) listed.push(batch)
  const results = []
  for await (const result of await batches.results(id)) results.push(result)
  return {
    listed,
    results,
    retrieved: await batches.retrieve(id),
    cancelled: await batches.cancel(id),
    deleted: await batches.delete(id),
  }
}

/** Requests that no model answers, and a call that is none of ours. */
module.exports = {
  'token count': (context) => count(context),
  'token count, rejected': (context) => attempt(() => count(context, 'bad-request'), context),
  'token count of the beta': ({ client, model }) =>
    client.beta.messages.countTokens({ model: model('ordinary'), messages: [] }),
  batches: ({ client }) => everyBatchMethod(client.messages.batches),
  'batches of the beta': ({ client }) => everyBatchMethod(client.beta.messages.batches),
  'list of models': async ({ client }) => (await client.models.list()).data,
}
