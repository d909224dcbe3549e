import { describe, expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { type Generated, useGemini } from './gemini-client.ts'

const IMAGE = { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }
const weather = { functionDeclarations: [{ name: 'weather', parametersJsonSchema: {} }] }

/** Every way in which usage is on the wire. */
const requests: readonly (readonly [string, string, object])[] = [
  ['text', 'ordinary', {}],
  ['a thought', 'ordinary', { config: { thinkingConfig: { includeThoughts: true } } }],
  ['three candidates', 'ordinary', { config: { candidateCount: 3 } }],
  ['a function call', 'tools', { config: { tools: [weather] } }],
  ['a tool of the provider', 'ordinary', { config: { tools: [{ googleSearch: {} }] } }],
  ['an image that is seen', 'ordinary', { contents: ['What is this?', IMAGE] }],
  ['an image that is drawn', 'ordinary', { config: { responseModalities: ['TEXT', 'IMAGE'] } }],
  ['an answer that was cut', 'truncated', {}],
  ['a prompt that was blocked', 'blocked', {}],
]

/** What only one of two calls can say. */
const PECULIAR = new Set(['gen_ai.request.stream', 'gen_ai.response.time_to_first_chunk'])

const total = ({ usageMetadata }: Generated): number => usageMetadata?.totalTokenCount ?? 0

describe.each([
  ['gemini-1', false],
  ['gemini-2', false],
  ['gemini-3', false],
  ['gemini-3', true],
])('%s, Vertex AI: %s', (version, vertexai) => {
  const telemetry = useTelemetry({ captureContent: 'span_only' })
  const at = useGemini(version)

  const counted = (): number => {
    const attributes = telemetry().spans.at(-1)?.attributes
    return (
      Number(attributes?.['gen_ai.usage.input_tokens']) +
      Number(attributes?.['gen_ai.usage.output_tokens'])
    )
  }

  test.each(requests)('input and output add up to the total: %s', async (_, model, more) => {
    const client = at.create({ vertexai })
    const request = { model, contents: 'Hello', ...more }
    const answer = await client.models.generateContent(request)
    expect(total(answer)).toBeGreaterThan(0)
    expect(counted()).toBe(total(answer))
  })

  test.each(requests)('a stream says what the whole answer says: %s', async (_, model, more) => {
    const client = at.create({ vertexai })
    const request = { model, contents: 'Hello', ...more }
    await client.models.generateContent(request)
    await Array.fromAsync(await client.models.generateContentStream(request))
    const [whole, streamed] = telemetry().spans.map(({ attributes }) =>
      Object.fromEntries(Object.entries(attributes).filter(([name]) => !PECULIAR.has(name))),
    )
    expect(streamed).toEqual(whole)
  })

  test.each(requests)(
    'a cancelled stream counts what had been sent: %s',
    async (_, model, more) => {
      const client = at.create({ vertexai })
      const request = { model, contents: 'Hello', ...more }
      const chunks = await Array.fromAsync(await client.models.generateContentStream(request))
      for (let read = 1; read <= chunks.length; read += 1) {
        let last: Generated | undefined
        let seen = 0
        for await (const chunk of await client.models.generateContentStream(request)) {
          last = chunk
          seen += 1
          if (seen === read) break
        }
        expect(counted()).toBe(last && total(last))
      }
    },
  )
})
