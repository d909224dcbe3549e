import type { Column } from '../column.ts'
import { startOpenTelemetry } from '../open-telemetry.ts'

interface Library {
  readonly observeOpenAI: (client: object) => object
}

/** Langfuse's wrapper, which always captures content. */
export const langfuse: Column = {
  name: 'Langfuse',
  clients: ['openai'],
  content: { on: {} },
  start: ({ load }) => {
    const { observeOpenAI } = load('@langfuse/openai') as Library
    startOpenTelemetry()
    return { wrap: (client) => observeOpenAI(client) }
  },
}
