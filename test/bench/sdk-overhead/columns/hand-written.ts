import {
  type Attributes,
  type Histogram,
  metrics,
  type Span,
  SpanKind,
  trace,
} from '@opentelemetry/api'
import type { Calls, Facts } from '../client.ts'
import type { Column } from '../column.ts'
import { startOpenTelemetry } from '../open-telemetry.ts'

/**
 * The floor: what an engineer would write by hand for one call: a span of 12 attributes and three
 * histogram records; with content, two attributes more; for a stream, the time to its first chunk.
 */
export const handWritten: Column = {
  name: 'hand-written',
  clients: ['openai', '@google/genai', '@anthropic-ai/sdk'],
  content: { off: {}, on: {} },
  start: ({ client: { facts }, content }) => {
    startOpenTelemetry()
    return { around: (calls) => byHand(calls, facts, content) }
  },
}

const parts = (text: string): object[] => [{ type: 'text', content: text }]

/** What the call says, in the conventions' shape. */
const contentOf = ({ system, question, text }: Facts): Attributes => ({
  'gen_ai.input.messages': JSON.stringify([
    { role: 'system', parts: parts(system) },
    { role: 'user', parts: parts(question) },
  ]),
  'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: parts(text) }]),
})

interface Instruments {
  readonly duration: Histogram
  readonly tokens: Histogram
  readonly firstChunk: Histogram
}

function byHand(calls: Calls, facts: Facts, withContent: boolean): Calls {
  const tracer = trace.getTracer('hand-written')
  const meter = metrics.getMeter('hand-written')
  const instruments: Instruments = {
    duration: meter.createHistogram('gen_ai.client.operation.duration', { unit: 's' }),
    tokens: meter.createHistogram('gen_ai.client.token.usage', { unit: '{token}' }),
    firstChunk: meter.createHistogram('gen_ai.client.operation.time_to_first_chunk', { unit: 's' }),
  }
  const common = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': facts.provider,
    'gen_ai.request.model': facts.model,
    'server.address': facts.host,
    'server.port': 443,
  }
  const options = {
    kind: SpanKind.CLIENT,
    attributes: {
      ...common,
      'gen_ai.request.temperature': facts.temperature,
      'gen_ai.request.max_tokens': facts.maxTokens,
    },
  }
  const end = (span: Span, started: number): void => {
    if (withContent) span.setAttributes(contentOf(facts))
    finish(span, started, facts, common, instruments)
  }
  const traced = <T>(made: (span: Span, started: number) => Promise<T>): Promise<T> => {
    const started = performance.now()
    return tracer.startActiveSpan(`chat ${facts.model}`, options, (span) => made(span, started))
  }
  return {
    call: () =>
      traced(async (span, started) => {
        const answer = await calls.call()
        end(span, started)
        return answer
      }),
    stream: () =>
      traced(async (span, started) => {
        const chunks = await calls.stream()
        return watched(chunks, (first) => {
          if (first) instruments.firstChunk.record((performance.now() - started) / 1000, common)
          else end(span, started)
        })
      }),
  }
}

async function* watched<T>(
  chunks: AsyncIterable<T>,
  tell: (first: boolean) => void,
): AsyncIterable<T> {
  let first = true
  for await (const chunk of chunks) {
    if (first) tell(true)
    first = false
    yield chunk
  }
  tell(false)
}

function finish(
  span: Span,
  started: number,
  facts: Facts,
  common: Attributes,
  { duration, tokens }: Instruments,
): void {
  span.setAttributes({
    'gen_ai.response.id': facts.responseId,
    'gen_ai.response.model': facts.responseModel,
    'gen_ai.response.finish_reasons': [facts.finishReason],
    'gen_ai.usage.input_tokens': facts.inputTokens,
    'gen_ai.usage.output_tokens': facts.outputTokens,
  })
  const attributes = { ...common, 'gen_ai.response.model': facts.responseModel }
  duration.record((performance.now() - started) / 1000, attributes)
  tokens.record(facts.inputTokens, { ...attributes, 'gen_ai.token.type': 'input' })
  tokens.record(facts.outputTokens, { ...attributes, 'gen_ai.token.type': 'output' })
  span.end()
}
