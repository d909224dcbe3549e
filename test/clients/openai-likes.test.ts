import type OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { startGroqServer } from '../sdk/groq-server/server.ts'
import { useTelemetry } from '../sdk/telemetry.ts'
import { startTogetherServer } from '../sdk/together-server/server.ts'
import { type ClientSource, useClient } from './client.ts'

/** What the clients have in common with openai's. */
type Client = Pick<OpenAI, 'chat'>

interface Library {
  readonly default: new (options: object) => Client
}

const source = (
  module: string,
  startServer: ClientSource<Client>['startServer'],
): ClientSource<Client> => ({
  startServer,
  make: (require, baseURL, options) => {
    const { default: Client } = require(module) as Library
    return new Client({ apiKey: 'key', baseURL, ...options })
  },
})

describe.each([
  ['groq-0', 'groq', source('groq-sdk', startGroqServer), 'llama-3.3-70b-versatile'],
  ['groq-1', 'groq', source('groq-sdk', startGroqServer), 'llama-3.3-70b-versatile'],
  [
    'together-0',
    'together_ai',
    source('together-ai', startTogetherServer),
    'Gryphe/MythoMax-L2-13b',
  ],
])('%s, instrumented by hand', (install, provider, from, model) => {
  const telemetry = useTelemetry()
  const client = useClient(install, from)

  test('is known for what it is, and its calls have the prices of its provider', async () => {
    await client.client.chat.completions.create({ model, messages: [] })
    expect(telemetry().span().attributes).toMatchObject({
      'gen_ai.provider.name': provider,
      'llmscope.cost.amount': expect.any(Number),
    })
  })
})
