import type { Column } from '../column.ts'
import { startOpenTelemetry } from '../open-telemetry.ts'

interface Library {
  readonly OpenAIInstrumentation: new () => unknown
}

/** `@opentelemetry/instrumentation-openai`, which knows openai up to 6. */
export const opentelemetry: Column = {
  name: 'OpenTelemetry',
  clients: ['openai'],
  content: {
    off: {},
    on: { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true' },
  },
  start: ({ load }) => {
    const { OpenAIInstrumentation } = load('@opentelemetry/instrumentation-openai') as Library
    startOpenTelemetry(new OpenAIInstrumentation())
    return {}
  },
}
