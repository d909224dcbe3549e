import type { Column } from '../column.ts'

interface PostHog {
  flush(): Promise<unknown>
}

interface Library {
  readonly PostHog: new (key: string, options: object) => PostHog
}

type Clients = Readonly<Record<string, new (options: object) => object>>

const CLIENTS = {
  openai: ['@posthog/ai/openai', 'OpenAI'],
  '@google/genai': ['@posthog/ai/gemini', 'Gemini'],
  '@anthropic-ai/sdk': ['@posthog/ai/anthropic', 'Anthropic'],
} as const

/** PostHog's clients, which stand in for the real ones and send events in a protocol of their own. */
export const posthog: Column = {
  name: 'PostHog',
  clients: ['openai', '@google/genai', '@anthropic-ai/sdk'],
  content: { off: {}, on: {} },
  start: ({ load, client, content, sink }) => {
    const library = load('posthog-node') as Library
    const receiver = new library.PostHog('key', { host: sink })
    // what its clients look at; the option `privacyMode` sets another field
    Object.assign(receiver, { privacy_mode: !content })
    const [name, exported] = CLIENTS[client.name]
    return {
      wrap: () => {
        const Client = (load(name) as Clients)[exported]
        if (!Client) throw new Error(`${name} does not export ${exported}`)
        return new Client({ apiKey: 'key', posthog: receiver })
      },
      flush: () => receiver.flush(),
    }
  },
}
