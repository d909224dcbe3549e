import type { Column } from '../column.ts'

interface Sender {
  awaitPendingTraceBatches(): Promise<unknown>
}

interface Library {
  readonly Client: new () => Sender
}

type Wrapper = (client: object, options: object) => object

const WRAPPERS = {
  openai: ['langsmith/wrappers/openai', 'wrapOpenAI'],
  '@google/genai': ['langsmith/wrappers/gemini', 'wrapGemini'],
  '@anthropic-ai/sdk': ['langsmith/wrappers/anthropic', 'wrapAnthropic'],
} as const

/** LangSmith's wrappers, which send runs in a protocol of their own. */
export const langsmith: Column = {
  name: 'LangSmith',
  clients: ['openai', '@google/genai', '@anthropic-ai/sdk'],
  content: { off: { LANGSMITH_HIDE_INPUTS: 'true', LANGSMITH_HIDE_OUTPUTS: 'true' }, on: {} },
  start: ({ load, client, sink }) => {
    Object.assign(process.env, {
      LANGSMITH_TRACING: 'true',
      LANGSMITH_API_KEY: 'key',
      LANGSMITH_ENDPOINT: sink,
    })
    const sender = new (load('langsmith') as Library).Client()
    const [name, exported] = WRAPPERS[client.name]
    const wrap = (load(name) as Readonly<Record<string, Wrapper>>)[exported]
    if (!wrap) throw new Error(`${name} does not export ${exported}`)
    return {
      wrap: (plain) => wrap(plain, { client: sender }),
      flush: () => sender.awaitPendingTraceBatches(),
    }
  },
}
