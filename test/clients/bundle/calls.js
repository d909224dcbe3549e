import { instrument } from '@llmscope/sdk'
import OpenAI from 'openai'

/** Makes a call and reads a stream. */
export async function calls() {
  const client = instrument(new OpenAI({ apiKey: 'x', baseURL: process.env.OPENAI_BASE_URL }))
  const messages = [{ role: 'user', content: 'Hello' }]
  await client.chat.completions.create({ model: 'ordinary:call', messages })
  const stream = { model: 'ordinary:stream', messages, stream: true }
  for await (const chunk of await client.chat.completions.create(stream)) void chunk
}
