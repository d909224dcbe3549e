'use strict'

const request = {
  model: 'claude-opus-5',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hi' }],
}

/** Asks once, and once for a stream, whichever platform the client is for. */
exports.run = async (platforms, baseURL) => {
  const {
    AnthropicAws,
    AnthropicBedrock,
    AnthropicBedrockMantle,
    AnthropicFoundry,
    AnthropicVertex,
  } = platforms
  // each has an address of its own, which tells the platform; all are served here
  const options = {
    apiKey: 'x',
    awsRegion: 'us-east-1',
    fetch: (url, init) => fetch(new URL(new URL(url).pathname, baseURL), init),
  }
  const authClient = { getRequestHeaders: async () => new Headers({ authorization: 'Bearer x' }) }
  const { fetch: served } = options
  for (const client of [
    new AnthropicBedrock(options),
    new AnthropicBedrockMantle(options),
    new AnthropicAws({ ...options, workspaceId: 'w' }),
    new AnthropicVertex({ region: 'us-east5', projectId: 'p', authClient, fetch: served }),
    new AnthropicFoundry({ apiKey: 'x', resource: 'res', fetch: served }),
  ]) {
    const { content } = await client.messages.create(request)
    const pieces = []
    for await (const { delta } of await client.messages.create({ ...request, stream: true })) {
      if (delta?.text) pieces.push(delta.text)
    }
    process.stdout.write(`${content[0].text} ${pieces.join('')}\n`)
  }
}
