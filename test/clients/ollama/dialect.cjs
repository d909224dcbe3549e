'use strict'

/** The transport that a client was made with: it keeps it where others can put one of their own. */
const transports = new WeakMap()

function open({ Client }, { baseURL: host, fetch = globalThis.fetch }) {
  const client = new Client({ host, fetch })
  transports.set(client, fetch)
  return client
}

/** Neither a signal nor a timeout is given to a call: an application gives them to the transport. */
function patient(client, { signal, timeout }) {
  const transport = transports.get(client)
  const own = [signal, timeout && AbortSignal.timeout(timeout)]
  const fetch = (url, init) => {
    const signals = [init.signal, ...own].filter(Boolean)
    return transport(url, { ...init, signal: AbortSignal.any(signals) })
  }
  return open({ Client: client.constructor }, { baseURL: client.config.host, fetch })
}

function create(client, request, { signal, timeout } = {}) {
  return (signal || timeout ? patient(client, { signal, timeout }) : client).chat(request)
}

/** How the scenarios speak to an Ollama client. */
module.exports = {
  open,
  create,
  request: (model, more) => ({
    model,
    messages: [
      { role: 'system', content: 'CANARY-SYSTEM' },
      { role: 'user', content: 'CANARY-PROMPT' },
    ],
    ...more,
  }),
  streaming: { stream: true },
  textOf: ({ message }) => message?.content,
  tools: [{ type: 'function', function: { name: 'weather', description: 'CANARY-TOOL' } }],
  scenarios: require('./scenarios/index.cjs'),
}
