import { type Attributes, metrics, SpanKind, trace } from '@opentelemetry/api'
import { setImmediate as turn } from 'node:timers/promises'
import OpenAI from 'openai'

/** The work of one round. Tells its time in µs where that is not the CPU that it took. */
export type Round = (count: number) => Promise<number | void>

const REQUEST = {
  model: 'gpt-5-mini',
  messages: [
    { role: 'system' as const, content: 'You are a helpful assistant. '.repeat(20) },
    { role: 'user' as const, content: 'Tell me about observability. '.repeat(10) },
  ],
  temperature: 0.2,
  max_completion_tokens: 500,
}

const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-5-mini-2025-08-07',
  choices: [
    {
      index: 0,
      finish_reason: 'stop',
      message: { role: 'assistant', content: 'Observability is … '.repeat(30) },
    },
  ],
  usage: { prompt_tokens: 200, completion_tokens: 100, total_tokens: 300 },
}

const json = JSON.stringify(ANSWER)

function sse(count: number): string {
  const line = (choices: unknown[], extra: object = {}): string =>
    `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: ANSWER.model, choices, ...extra })}\n\n`
  const delta = line([{ index: 0, delta: { content: ' word' }, finish_reason: null }])
  const last = line([{ index: 0, delta: {}, finish_reason: 'stop' }])
  return `${delta.repeat(count)}${last}${line([], { usage: ANSWER.usage })}data: [DONE]\n\n`
}

/** Calls through the real client, with a transport that answers from memory, a turn of the event loop later. */
export function calls(): Round {
  const client = new OpenAI({
    apiKey: 'k',
    fetch: async () => {
      await turn()
      return new Response(json, { headers: { 'content-type': 'application/json' } })
    },
  })
  return async (count) => {
    for (let index = 0; index < count; index += 1) await client.chat.completions.create(REQUEST)
  }
}

/** One stream of `count` chunks. */
export function chunks(): Round {
  let body = ''
  const client = new OpenAI({
    apiKey: 'k',
    fetch: async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
  })
  return async (count) => {
    body = sse(count)
    const stream = await client.chat.completions.create({ ...REQUEST, stream: true })
    for await (const chunk of stream) void chunk
  }
}

/** The time from a call to the first chunk of its stream. */
export function firstChunks(): Round {
  const body = sse(3)
  const client = new OpenAI({
    apiKey: 'k',
    fetch: async () => {
      await turn()
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
  })
  return async (count) => {
    let waited = 0
    for (let index = 0; index < count; index += 1) {
      const called = performance.now()
      const stream = await client.chat.completions.create({ ...REQUEST, stream: true })
      let first = true
      for await (const _ of stream) {
        if (first) waited += performance.now() - called
        first = false
      }
    }
    return waited * 1000
  }
}

const parts = (text: string): object[] => [{ type: 'text', content: text }]

/** What the call says, in the conventions' shape. */
function content(): Attributes {
  return {
    'gen_ai.input.messages': JSON.stringify(
      REQUEST.messages.map((message) => ({ role: message.role, parts: parts(message.content) })),
    ),
    'gen_ai.output.messages': JSON.stringify(
      ANSWER.choices.map(({ message }) => ({ role: message.role, parts: parts(message.content) })),
    ),
  }
}

/**
 * The floor: what an engineer would write by hand for one call: a span of 12 attributes and three
 * histogram records; with content, two attributes more.
 */
export function handWritten(round: Round, withContent: boolean): Round {
  const tracer = trace.getTracer('hand-written')
  const meter = metrics.getMeter('hand-written')
  const duration = meter.createHistogram('gen_ai.client.operation.duration', { unit: 's' })
  const tokens = meter.createHistogram('gen_ai.client.token.usage', { unit: '{token}' })
  const common = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': REQUEST.model,
    'server.address': 'api.openai.com',
    'server.port': 443,
  }
  const one = async (): Promise<void> => {
    const started = performance.now()
    await tracer.startActiveSpan(
      `chat ${REQUEST.model}`,
      {
        kind: SpanKind.CLIENT,
        attributes: {
          ...common,
          'gen_ai.request.temperature': REQUEST.temperature,
          'gen_ai.request.max_tokens': REQUEST.max_completion_tokens,
        },
      },
      async (span) => {
        await round(1)
        span.setAttributes({
          'gen_ai.response.id': ANSWER.id,
          'gen_ai.response.model': ANSWER.model,
          'gen_ai.response.finish_reasons': ['stop'],
          'gen_ai.usage.input_tokens': ANSWER.usage.prompt_tokens,
          'gen_ai.usage.output_tokens': ANSWER.usage.completion_tokens,
        })
        if (withContent) span.setAttributes(content())
        const attributes = { ...common, 'gen_ai.response.model': ANSWER.model }
        duration.record((performance.now() - started) / 1000, attributes)
        tokens.record(ANSWER.usage.prompt_tokens, { ...attributes, 'gen_ai.token.type': 'input' })
        tokens.record(ANSWER.usage.completion_tokens, {
          ...attributes,
          'gen_ai.token.type': 'output',
        })
        span.end()
      },
    )
  }
  return async (count) => {
    for (let index = 0; index < count; index += 1) await one()
  }
}
