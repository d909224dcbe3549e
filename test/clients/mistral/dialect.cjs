'use strict'

/** Retries go by time: this says after how many it is up. */
function retries(most) {
  let left = most
  const maxElapsedTime = { valueOf: () => (left-- > 0 ? Infinity : -1) }
  const backoff = { initialInterval: 1, maxInterval: 1, exponent: 1, maxElapsedTime }
  return { strategy: 'backoff', backoff, retryConnectionErrors: false }
}

const patience = ({ signal, timeout, maxRetries = 2 } = {}) => ({
  retries: retries(maxRetries),
  ...(timeout && { timeoutMs: timeout }),
  ...(signal && { fetchOptions: { signal } }),
})

/** A client has what it is made of from the beginning: by itself it makes each when it is asked for. */
function open({ Client, HTTPClient }, { apiKey, baseURL: serverURL, fetch: fetcher }) {
  const httpClient = new HTTPClient(fetcher ? { fetcher } : {})
  const client = new Client({ apiKey, serverURL, httpClient })
  for (const name of ['chat', 'fim', 'embeddings', 'classifiers', 'ocr']) void client[name]
  return client
}

/** How the scenarios speak to a Mistral client. */
module.exports = {
  patience,
  open,
  create: ({ chat }, request, options) =>
    request.stream
      ? chat.stream(request, patience(options))
      : chat.complete(request, patience(options)),
  request: (model, more) => ({
    model,
    messages: [
      { role: 'system', content: 'CANARY-SYSTEM' },
      { role: 'user', content: 'CANARY-PROMPT' },
    ],
    ...more,
  }),
  streaming: { stream: true },
  textOf: ({ data }) => data.choices[0]?.delta.content,
  tools: [
    {
      type: 'function',
      function: { name: 'weather', description: 'CANARY-TOOL-DESCRIPTION', parameters: {} },
    },
  ],
  scenarios: require('./scenarios/index.cjs'),
}
