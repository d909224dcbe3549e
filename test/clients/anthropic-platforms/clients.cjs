'use strict'

const request = {
  model: 'claude-opus-5',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hi' }],
}

/** Asks once, and once for a stream, whichever platform the client is for. */
exports.run = async (AnthropicBedrock, AnthropicVertex, baseURL) => {
  const authClient = { getRequestHeaders: async () => new Headers({ authorization: 'Bearer x' }) }
  for (const client of [
    new AnthropicBedrock({ apiKey: 'x', awsRegion: 'us-east-1', baseURL }),
    new AnthropicVertex({ region: 'us-east5', projectId: 'p', authClient, baseURL }),
  ]) {
    const { content } = await client.messages.create(request)
    const pieces = []
    for await (const { delta } of await client.messages.create({ ...request, stream: true })) {
      if (delta?.text) pieces.push(delta.text)
    }
    process.stdout.write(`${content[0].text} ${pieces.join('')}\n`)
  }
}
