import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { useTelemetry } from '../sdk/telemetry.ts'
import { type Generated, useGemini } from './gemini-client.ts'

const PNG = 'iVBORw0KGgo='

/** What stands for the image: its bytes do not go into telemetry. */
const PNG_REFERENCE = {
  type: 'blob',
  modality: 'image',
  mime_type: 'image/png',
  content: '',
  byte_length: Buffer.from(PNG, 'base64').length,
  sha256: createHash('sha256').update(Buffer.from(PNG, 'base64')).digest('hex'),
}

const weather = { name: 'weather', description: 'It tells the weather', parametersJsonSchema: {} }

describe.each(['gemini-1', 'gemini-2', 'gemini-3'])('%s', (version) => {
  const telemetry = useTelemetry({ captureContent: 'span_only' })
  const at = useGemini(version)

  const attributes = (): Readonly<Record<string, unknown>> => telemetry().span().attributes
  const content = (name: string): unknown => JSON.parse(String(attributes()[`gen_ai.${name}`]))
  const generate = (model: string, more: object = {}): Promise<Generated> =>
    at.client.models.generateContent({ model, contents: 'Hello', ...more })

  test('a request is told in full', async () => {
    const config = {
      systemInstruction: 'Be brief',
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      candidateCount: 2,
      maxOutputTokens: 100,
      stopSequences: ['END'],
      presencePenalty: 0.25,
      frequencyPenalty: 0.125,
      seed: 7,
      responseMimeType: 'application/json',
      thinkingConfig: { thinkingBudget: 512 },
      tools: [{ functionDeclarations: [weather] }, { googleSearch: {} }],
    }
    await generate('models/ordinary', { config })
    expect(telemetry().span().name).toBe('generate_content ordinary')
    expect(attributes()).toMatchObject({
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.provider.name': 'gcp.gemini',
      'server.address': '127.0.0.1',
      'server.port': at.server.port,
      'gen_ai.request.model': 'ordinary',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.choice.count': 2,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.request.presence_penalty': 0.25,
      'gen_ai.request.frequency_penalty': 0.125,
      'gen_ai.request.seed': 7,
      'gen_ai.output.type': 'json',
      'gen_ai.request.reasoning.level': '512',
      'gen_ai.response.id': 'gen-ordinary',
      'gen_ai.response.model': 'ordinary-2026-01-01',
      'gen_ai.response.finish_reasons': ['stop', 'stop'],
    })
    expect(content('system_instructions')).toEqual([{ type: 'text', content: 'Be brief' }])
    expect(content('tool.definitions')).toEqual([
      { type: 'function', name: 'weather' },
      { type: 'googleSearch', name: 'googleSearch' },
    ])
  })

  test('every part of a content has its place in the schema', async () => {
    const contents = [
      {
        role: 'user',
        parts: [
          { text: 'What is this?' },
          { inlineData: { mimeType: 'image/png', data: PNG } },
          { fileData: { mimeType: 'application/pdf', fileUri: 'gs://files/a.pdf' } },
        ],
      },
      {
        role: 'model',
        parts: [
          { text: 'Hm', thought: true },
          { text: '', thoughtSignature: 'c2ln' },
          { functionCall: { id: '1', name: 'look', args: { at: 'cat' } } },
          { executableCode: { language: 'PYTHON', code: '1 + 1' } },
          { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '2' } },
        ],
      },
      {
        role: 'user',
        parts: [{ functionResponse: { id: '1', name: 'look', response: { output: 'a cat' } } }],
      },
    ]
    await generate('ordinary', { contents })
    expect(content('input.messages')).toEqual([
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'What is this?' },
          PNG_REFERENCE,
          {
            type: 'uri',
            modality: 'document',
            mime_type: 'application/pdf',
            uri: 'gs://files/a.pdf',
          },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Hm' },
          { type: 'tool_call', id: '1', name: 'look', arguments: { at: 'cat' } },
          {
            type: 'server_tool_call',
            name: 'code_execution',
            server_tool_call: { type: 'code_execution', language: 'PYTHON', code: '1 + 1' },
          },
          {
            type: 'server_tool_call_response',
            server_tool_call_response: {
              type: 'code_execution',
              outcome: 'OUTCOME_OK',
              output: '2',
            },
          },
        ],
      },
      {
        role: 'tool',
        parts: [{ type: 'tool_call_response', id: '1', response: { output: 'a cat' } }],
      },
    ])
  })

  test.each<[string, unknown]>([
    ['a text', 'a'],
    ['a part', { text: 'a' }],
    ['a list of both', ['a', { text: 'a' }]],
  ])('contents may be %s', async (_, contents) => {
    await generate('ordinary', { contents })
    const part = { type: 'text', content: 'a' }
    const parts = Array.isArray(contents) ? [part, part] : [part]
    expect(content('input.messages')).toEqual([{ role: 'user', parts }])
  })

  test('an image that is drawn is a blob, and its tokens are told apart', async () => {
    const config = { responseModalities: ['TEXT', 'IMAGE'] }
    await generate('ordinary', { config })
    expect(content('output.messages')).toEqual([
      {
        role: 'assistant',
        parts: [{ type: 'text', content: 'CANARY-ANSWER of three pieces' }, PNG_REFERENCE],
      },
    ])
    expect(attributes()).toMatchObject({
      'gen_ai.output.type': 'image',
      'gen_ai.usage.image.output_tokens': 258,
    })
    const points = await telemetry().points('gen_ai.client.inference.usage.output_tokens')
    const byModality = points.map(
      ({ attributes: { 'gen_ai.token.modality': modality }, value }) => [modality, value],
    )
    expect(byModality).toEqual([
      ['unknown', 6],
      ['image', 258],
    ])
  })
})
