import type { Column } from '../column.ts'
import { startOpenTelemetry } from '../open-telemetry.ts'

type Library = Readonly<Record<string, new (options: object) => unknown>>

const INSTRUMENTATIONS = {
  openai: ['@traceloop/instrumentation-openai', 'OpenAIInstrumentation'],
  '@google/genai': ['@traceloop/instrumentation-google-generativeai', 'GenAIInstrumentation'],
  '@anthropic-ai/sdk': ['@traceloop/instrumentation-anthropic', 'AnthropicInstrumentation'],
} as const

/** OpenLLMetry's instrumentations, which know openai up to 6 and `@google/genai` 1. */
export const openllmetry: Column = {
  name: 'OpenLLMetry',
  clients: ['openai', '@google/genai', '@anthropic-ai/sdk'],
  content: { off: {}, on: {} },
  start: ({ load, client, content }) => {
    const [name, exported] = INSTRUMENTATIONS[client.name]
    const Instrumentation = (load(name) as Library)[exported]
    if (!Instrumentation) throw new Error(`${name} does not export ${exported}`)
    startOpenTelemetry(new Instrumentation({ traceContent: content }))
    return {}
  },
}
