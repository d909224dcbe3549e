'use strict'
const openai = require('../openai/dialect.cjs')

const open = ({ Client }, { apiKey, baseURL: endpointUrl, fetch }) =>
  new Client(apiKey, { endpointUrl, ...(fetch && { fetch }) })

/** The client has no timeouts, and one answer that it tries again for: 503, for ever. */
function create(client, { stream, ...request }, { signal, timeout, maxRetries } = {}) {
  const patience = signal ?? (timeout && AbortSignal.timeout(timeout))
  const options = { ...(patience && { signal: patience }), retry_on_error: maxRetries !== 0 }
  return client[stream ? 'chatCompletionStream' : 'chatCompletion'](request, options)
}

/** How the scenarios speak to a Hugging Face client: the requests are openai's. */
module.exports = { ...openai, open, create, scenarios: require('./scenarios/index.cjs') }
