import { agent, tool } from '@llmscope/sdk'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { describe, expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { type Generated, useGemini } from './gemini-client.ts'

const weather = { name: 'weather', description: 'It tells the weather', parametersJsonSchema: {} }

const order = ({ startTime: [seconds, nanoseconds] }: ReadableSpan): number =>
  seconds * 1e9 + nanoseconds

describe.each(['gemini-1', 'gemini-2', 'gemini-3'])('%s', (version) => {
  const telemetry = useTelemetry({ captureContent: 'span_only' })
  const at = useGemini(version)

  const generate = (model: string, more: object = {}): Promise<Generated> =>
    at.client.models.generateContent({ model, contents: 'Hello', ...more })
  const stream = (model: string, more: object = {}): Promise<AsyncGenerator<Generated>> =>
    at.client.models.generateContentStream({ model, contents: 'Hello', ...more })

  test.each([
    ['ordinary', 'stop'],
    ['tools', 'tool_calls'],
    ['truncated', 'length'],
    ['content-filter', 'content_filter'],
    ['blocked', 'content_filter'],
  ])('%s finishes with the reason %s, streamed or not', async (model, reason) => {
    const config = { tools: [{ functionDeclarations: [weather] }] }
    await generate(model, { config })
    await Array.fromAsync(await stream(model, { config }))
    for (const span of telemetry().spans) {
      expect(span.attributes['gen_ai.response.finish_reasons']).toEqual([reason])
    }
    expect(telemetry().spans).toHaveLength(2)
  })

  test('a chat is one span for each message, with the whole history', async () => {
    const chat = at.client.chats.create({ model: 'ordinary' })
    await chat.sendMessage({ message: 'One' })
    await Array.fromAsync(await chat.sendMessageStream({ message: 'Two' }))
    const roles = telemetry().spans.map(({ attributes: { 'gen_ai.input.messages': messages } }) =>
      (JSON.parse(String(messages)) as { role: string }[]).map(({ role }) => role),
    )
    expect(roles).toEqual([['user'], ['user', 'assistant', 'user']])
    expect(telemetry().spans[1]?.attributes).toMatchObject({ 'gen_ai.request.stream': true })
  })

  test.each(['generateContent', 'generateContentStream'] as const)(
    'each request of automatic function calling by %s is a span of its own, beside the tool',
    async (method) => {
      const callable = {
        tool: async () => ({ functionDeclarations: [weather] }),
        callTool: (calls: { name: string }[]) =>
          tool('weather', async () =>
            calls.map(({ name }) => ({ functionResponse: { name, response: { output: 'rain' } } })),
          ),
      }
      const answer = await agent('forecaster', async () => {
        const config = { tools: [callable] }
        const request = { model: 'tools', contents: 'Will it rain?', config }
        const result = await at.client.models[method](request)
        return 'next' in result ? (await Array.fromAsync(result)).at(-1) : result
      })
      expect(answer?.responseId).toBe('gen-tools')
      const run = telemetry().spans.at(-1)
      const calls = telemetry().spans.slice(0, -1)
      // in a stream the tool is called before the chunk is read that ends it
      const [first, called, second] = calls.toSorted((left, right) => order(left) - order(right))
      expect(run?.name).toBe('invoke_agent forecaster')
      const names = ['generate_content tools', 'execute_tool weather', 'generate_content tools']
      expect([first, called, second].map((span) => span?.name)).toEqual(names)
      for (const span of [first, called, second]) {
        expect(span?.parentSpanContext?.spanId).toBe(run?.spanContext().spanId)
      }
      expect(first?.attributes['gen_ai.response.finish_reasons']).toEqual(['tool_calls'])
      expect(second?.attributes['gen_ai.response.finish_reasons']).toEqual(['stop'])
      const [counted] = await telemetry().points('gen_ai.invoke_agent.inference_calls')
      expect(counted?.histogram?.sum).toBe(2)
    },
  )

  test('embeddings are told by both APIs, and their tokens where the client hands them on', async () => {
    const request = { model: 'ordinary', contents: ['a', 'b'], config: { outputDimensionality: 4 } }
    await at.client.models.embedContent(request)
    await at.create({ vertexai: true }).models.embedContent(request)
    const [ofGemini, ofVertex] = telemetry().spans
    for (const span of [ofGemini, ofVertex]) expect(span?.name).toBe('embeddings ordinary')
    expect(ofGemini?.attributes).toMatchObject({
      'gen_ai.provider.name': 'gcp.gemini',
      'gen_ai.embeddings.dimension.count': 4,
      ...(version === 'gemini-3' && { 'gen_ai.usage.input_tokens': 10 }),
    })
    expect(ofVertex?.attributes).toMatchObject({
      'gen_ai.provider.name': 'gcp.vertex_ai',
      'gen_ai.usage.input_tokens': 10,
    })
  })

  test('in Vertex AI mode the provider is Vertex AI, and a model has no project in its name', async () => {
    const model = 'projects/p/locations/l/publishers/google/models/ordinary'
    await at.create({ vertexai: true }).models.generateContent({ model, contents: 'Hello' })
    expect(telemetry().span().attributes).toMatchObject({
      'gen_ai.provider.name': 'gcp.vertex_ai',
      'gen_ai.request.model': 'ordinary',
      'gen_ai.usage.input_tokens': 28,
    })
  })
})
