import type { Column } from '../column.ts'

interface Library {
  readonly init: (options: object) => unknown
  readonly flush: (milliseconds: number) => Promise<boolean>
}

/** Sentry, which sends spans in a protocol of its own. */
export const sentry: Column = {
  name: 'Sentry',
  clients: ['openai', '@google/genai', '@anthropic-ai/sdk'],
  content: { off: {}, on: {} },
  start: ({ load, content, sink }) => {
    const { init, flush } = load('@sentry/node') as Library
    init({
      dsn: `${sink.replace('://', '://key@')}/1`,
      tracesSampleRate: 1,
      dataCollection: { genAI: { inputs: content, outputs: content } },
    })
    return { flush: () => flush(10_000) }
  },
}
