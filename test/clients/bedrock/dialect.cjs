'use strict'
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { Readable } = require('node:stream')
const { NodeHttpHandler } = require('@smithy/node-http-handler')

const root = path.join(require.resolve('@aws-sdk/client-bedrock-runtime'), '../..')
const minor = Number(
  JSON.parse(readFileSync(path.join(root, 'package.json'))).version.split('.')[1],
)

// newer versions have all of the runtime in one package
const { ConfiguredRetryStrategy } =
  minor < 1000 ? require('@smithy/util-retry') : require('@smithy/core/retry')

/** What each client was opened with: one call of other patience is made by a client of its own. */
const opened = new Map()

/** A stream that is left holds its connection, and that the process. */
function close() {
  for (const client of opened.keys()) client.destroy()
}

function open(library, { baseURL, fetch, timeout, maxRetries = 2 }) {
  const client = new library.Client({
    region: 'eu-north-1',
    endpoint: baseURL,
    credentials: { accessKeyId: 'CANARY-API-KEY', secretAccessKey: 'CANARY-API-KEY' },
    retryStrategy: new ConfiguredRetryStrategy(maxRetries + 1, () => 1),
    requestHandler: fetch ? over(fetch) : handler(timeout),
  })
  opened.set(client, { library, options: { baseURL, fetch }, siblings: new Map() })
  return client
}

/** The HTTP/1.1 of both versions: a newer one speaks HTTP/2 by itself. */
function handler(timeout) {
  return new NodeHttpHandler(
    timeout ? { requestTimeout: timeout, throwOnRequestTimeout: true } : {},
  )
}

/** A handler of the application's own. */
const over = (fetch) => ({
  handle: async ({ protocol, hostname, port, path: place, ...rest }, { abortSignal } = {}) => {
    const { method, headers, body } = rest
    const url = `${protocol}//${hostname}${port ? `:${port}` : ''}${place}`
    const answer = await fetch(url, { method, headers, body, signal: abortSignal })
    const response = {
      statusCode: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Readable.fromWeb(answer.body),
    }
    return { response }
  },
})

function patient(client, { timeout, maxRetries }) {
  const { library, options, siblings } = opened.get(client)
  if (timeout === undefined && maxRetries === undefined) return client
  const key = `${timeout} ${maxRetries}`
  if (!siblings.has(key)) siblings.set(key, open(library, { ...options, timeout, maxRetries }))
  return siblings.get(key)
}

/** The answer, or the stream that it holds. */
function create(client, { stream, ...request }, { signal, ...patience } = {}) {
  const { Converse, ConverseStream } = opened.get(client).library
  const own = patient(client, patience)
  const options = signal && { abortSignal: signal }
  if (!stream) return own.send(new Converse(request), options)
  return own.send(new ConverseStream(request), options).then((answer) => answer.stream)
}

/** How the scenarios speak to an Amazon Bedrock client. */
module.exports = {
  open,
  create,
  close,
  request: (modelId, { tools, ...more } = {}) => ({
    modelId,
    messages: [{ role: 'user', content: [{ text: 'CANARY-PROMPT' }] }],
    system: [{ text: 'CANARY-SYSTEM' }],
    ...(tools && { toolConfig: { tools } }),
    ...more,
  }),
  streaming: { stream: true },
  textOf: ({ contentBlockDelta }) => contentBlockDelta?.delta?.text,
  tools: [
    {
      toolSpec: {
        name: 'weather',
        description: 'CANARY-TOOL-DESCRIPTION',
        inputSchema: { json: { type: 'object' } },
      },
    },
  ],
  scenarios: require('./scenarios/index.cjs'),
}
