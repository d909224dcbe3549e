import { describe, expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { type Generated, useGemini } from './gemini-client.ts'

/** What the API answers in two requests, where one was not enough. */
const HOPS = [
  { text: 'One', finishReason: 'CONTINUATION', continuationToken: 'more', tokens: 5 },
  { text: ' two', finishReason: 'STOP', continuationToken: undefined, tokens: 3 },
]

function answer(hop: number): object {
  const { text, tokens, ...candidate } = HOPS[hop] ?? {}
  return {
    candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, ...candidate }],
    usageMetadata: {
      promptTokenCount: 10,
      candidatesTokenCount: tokens,
      totalTokenCount: 10 + Number(tokens),
    },
    responseId: `hop-${hop}`,
  }
}

// version 1 does not go on by itself
describe.each(['gemini-2', 'gemini-3'])('%s', (version) => {
  const telemetry = useTelemetry()
  const at = useGemini(version)

  test.each(['generateContent', 'generateContentStream'] as const)(
    'an answer that %s gets in two requests is two spans, each with its own tokens',
    async (method) => {
      let hops = 0
      const answering: typeof fetch = async () => {
        const body = JSON.stringify(answer(hops++))
        return new Response(method === 'generateContent' ? body : `data: ${body}\n\n`)
      }
      const client = at.create({ httpOptions: { baseUrl: at.server.baseURL, fetch: answering } })
      const result = await client.models[method]({ model: 'm', contents: 'Count' })
      const got: Generated[] = 'next' in result ? await Array.fromAsync(result) : [result]
      expect(got.map(({ text }) => text).join('')).toBe('One two')
      expect(telemetry().spans.map(({ attributes }) => attributes)).toMatchObject([
        {
          'gen_ai.response.id': 'hop-0',
          'gen_ai.response.finish_reasons': ['length'],
          'gen_ai.usage.output_tokens': 5,
        },
        {
          'gen_ai.response.id': 'hop-1',
          'gen_ai.response.finish_reasons': ['stop'],
          'gen_ai.usage.output_tokens': 3,
        },
      ])
    },
  )
})
