import type { Column } from '../column.ts'
import { startOpenTelemetry } from '../open-telemetry.ts'

type Library = Readonly<Record<string, new (options: object) => unknown>>

const INSTRUMENTATIONS = {
  openai: ['@arizeai/openinference-instrumentation-openai', 'OpenAIInstrumentation'],
  '@anthropic-ai/sdk': [
    '@arizeai/openinference-instrumentation-anthropic',
    'AnthropicInstrumentation',
  ],
} as const

/** Arize's OpenInference, which has no metrics. */
export const openinference: Column = {
  name: 'OpenInference',
  clients: ['openai', '@anthropic-ai/sdk'],
  content: { off: {}, on: {} },
  start: ({ load, client, content }) => {
    const [name, exported] = INSTRUMENTATIONS[client.name as keyof typeof INSTRUMENTATIONS]
    const Instrumentation = (load(name) as Library)[exported]
    if (!Instrumentation) throw new Error(`${name} does not export ${exported}`)
    const traceConfig = { hideInputs: !content, hideOutputs: !content }
    startOpenTelemetry(new Instrumentation({ traceConfig }))
    return {}
  },
}
