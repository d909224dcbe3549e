import { instrument } from '@llmscope/sdk'
import type { Column } from '../column.ts'
import { startOpenTelemetry } from '../open-telemetry.ts'

const SPAN_ONLY = { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_only' }

const column: Omit<Column, 'name' | 'content'> = {
  clients: ['openai', '@google/genai', '@anthropic-ai/sdk'],
  start: () => {
    startOpenTelemetry()
    return { wrap: instrument }
  },
}

export const llmscope: Column = {
  ...column,
  name: 'llmscope',
  // nobody else redacts
  content: { off: {}, on: { ...SPAN_ONLY, LLMSCOPE_REDACTION: 'off' } },
}

export const llmscopeRedacting: Column = {
  ...column,
  name: 'llmscope, redacting',
  content: { on: SPAN_ONLY },
}

export const llmscopeWithoutGaps: Column = {
  ...column,
  name: 'llmscope without time_per_output_chunk',
  content: { off: { LLMSCOPE_TIME_PER_OUTPUT_CHUNK: 'false' } },
  work: 'chunks',
}
