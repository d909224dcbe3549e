'use strict'
const { readFileSync } = require('node:fs')
const path = require('node:path')

const root = path.join(require.resolve('@google/genai'), '../../..')
const major = Number.parseInt(JSON.parse(readFileSync(path.join(root, 'package.json'))).version, 10)

/** Version 1 takes no transport of the application's: for one request it gets it as everybody does. */
const transports = new WeakMap()

function lend(transport) {
  const own = globalThis.fetch
  globalThis.fetch = (...args) => {
    globalThis.fetch = own
    return transport(...args)
  }
}

function open({ Client }, { apiKey, baseURL, fetch, ...more }) {
  const httpOptions = { baseUrl: baseURL, ...(fetch && { fetch }) }
  const client = new Client({ apiKey, httpOptions, ...more })
  if (fetch && major === 1) transports.set(client, fetch)
  return client
}

function create(client, { stream, ...request }, { signal, timeout, maxRetries = 2 } = {}) {
  const transport = transports.get(client)
  if (transport) lend(transport)
  const retryOptions = { attempts: maxRetries + 1, initialDelay: 0.001, maxDelay: 0.002 }
  const httpOptions = {
    ...(timeout && { timeout }),
    ...(maxRetries > 0 && { retryOptions }),
  }
  const config = { ...request.config, httpOptions, ...(signal && { abortSignal: signal }) }
  const { models } = client
  return models[stream ? 'generateContentStream' : 'generateContent']({ ...request, config })
}

/** How the scenarios speak to a Google Gen AI client. */
module.exports = {
  open,
  create,
  request: (model, { tools, config, ...more } = {}) => ({
    model,
    contents: 'CANARY-PROMPT',
    config: { systemInstruction: 'CANARY-SYSTEM', ...(tools && { tools }), ...config },
    ...more,
  }),
  streaming: { stream: true },
  textOf: ({ candidates }) => candidates?.[0]?.content?.parts?.[0]?.text,
  tools: [{ functionDeclarations: [{ name: 'weather', description: 'CANARY-TOOL-DESCRIPTION' }] }],
  major,
  scenarios: require('./scenarios/index.cjs'),
}
