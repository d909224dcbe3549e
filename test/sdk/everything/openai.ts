import { agent, tool } from '@llmscope/sdk'
import type OpenAI from 'openai'
import { answering, json, openai, read } from '../openai-client.ts'

const MODEL = 'gpt-4o'
const messages: OpenAI.ChatCompletionMessageParam[] = [
  { role: 'system', content: 'Be brief' },
  { role: 'user', content: 'Hello' },
]
const tools: OpenAI.ChatCompletionTool[] = [{ type: 'function', function: { name: 'weather' } }]

/** Calls whose spans, events and metrics say together all that `openai` can say. */
export async function callOpenAI(baseURL: string): Promise<void> {
  const client = openai({ baseURL, maxRetries: 2 })
  await agent('planner', () => tool('weather', () => chat(client)))
  await client.responses.create({
    model: MODEL,
    instructions: 'Be brief',
    input: 'Hello',
    previous_response_id: 'resp_0',
    conversation: 'conv_0',
  })
  await client.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: 'Hello' })
  await embeddings(client)
  await audio()
  await billed()
  await failures(baseURL)
}

async function chat(client: OpenAI): Promise<void> {
  await client.chat.completions.create({
    model: MODEL,
    messages,
    tools,
    n: 2,
    max_completion_tokens: 100,
    temperature: 0.3,
    top_p: 0.9,
    frequency_penalty: 0.5,
    presence_penalty: 0.25,
    seed: 7,
    stop: ['END'],
    response_format: { type: 'json_object' },
    reasoning_effort: 'low',
    service_tier: 'flex',
  })
  const streamed = { messages, stream: true, stream_options: { include_usage: true } } as const
  await read(await client.chat.completions.create({ model: MODEL, ...streamed }))
  for await (const _ of await client.chat.completions.create({ model: MODEL, ...streamed })) break
  for (const model of ['rate-limit-twice', 'bad-request']) {
    await client.chat.completions.create({ model, messages }).catch(() => undefined)
  }
}

async function embeddings(client: OpenAI): Promise<void> {
  const request = { input: 'Hello', dimensions: 64, encoding_format: 'float' } as const
  for (const model of ['text-embedding-3-small', 'ordinary', 'rate-limit-twice', 'bad-request']) {
    await client.embeddings.create({ model, ...request }).catch(() => undefined)
  }
}

async function audio(): Promise<void> {
  const usage = {
    prompt_tokens: 100,
    completion_tokens: 50,
    prompt_tokens_details: { audio_tokens: 80 },
    completion_tokens_details: { audio_tokens: 45 },
  }
  const model = 'gpt-audio'
  for (const told of [usage, { ...usage, cost: 0.01 }]) {
    const client = answering(() => json({ id: 'a', model, choices: [], usage: told }))
    await client.chat.completions.create({ model, messages })
  }
}

/** A call that fails, and is billed all the same; and one whose tier of service has no price. */
async function billed(): Promise<void> {
  const error = { code: 'server_error', message: 'Failed' }
  const usage = { input_tokens: 10, output_tokens: 5 }
  const client = answering(() =>
    json({ id: 'r', model: MODEL, status: 'failed', error, output: [], usage }),
  )
  await client.responses.create({ model: MODEL, input: 'Hello' })
  const special = { id: 'b', model: MODEL, service_tier: 'special', choices: [], usage: {} }
  await answering(() => json(special)).chat.completions.create({
    model: MODEL,
    messages,
    response_format: { type: 'text' },
  })
}

/** One of every category. */
async function failures(baseURL: string): Promise<void> {
  const client = openai({ baseURL })
  const refused = ['unauthorized', 'context-length', 'blocked-prompt', 'quota', 'overloaded']
  const nobody = openai({ baseURL: 'http://127.0.0.1:1/v1' })
  await Promise.allSettled([
    ...refused.map((model) => client.chat.completions.create({ model, messages })),
    client.chat.completions.create({ model: 'silent', messages }, { timeout: 100 }),
    client.chat.completions.create({ model: MODEL, messages }, { signal: AbortSignal.abort() }),
    nobody.chat.completions.create({ model: MODEL, messages }),
  ])
}
