import type OpenAI from 'openai'
import { expect, test } from 'vitest'
import { useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry({ captureContent: 'span_only' })
const at = useServer()

const parsed = (name: string): unknown => JSON.parse(String(telemetry().span().attributes[name]))

const conversation: OpenAI.ChatCompletionMessageParam[] = [
  { role: 'developer', content: 'Be brief' },
  {
    role: 'user',
    name: 'ada',
    content: [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
      { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } },
      { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
      { type: 'file', file: { file_id: 'file-1' } },
    ],
  },
  {
    role: 'assistant',
    content: null,
    tool_calls: [
      { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at":"cat"}' } },
      { id: 'call_2', type: 'function', function: { name: 'look', arguments: 'not JSON' } },
      { id: 'call_3', type: 'custom', custom: { name: 'shell', input: 'ls' } },
    ],
  },
  { role: 'tool', tool_call_id: 'call_1', content: 'a cat' },
]

test('every part of a chat message has its place in the schema', async () => {
  await at.client.chat.completions.create({ model: 'ordinary', messages: conversation })
  expect(parsed('gen_ai.input.messages')).toEqual([
    { role: 'developer', parts: [{ type: 'text', content: 'Be brief' }] },
    {
      role: 'user',
      name: 'ada',
      parts: [
        { type: 'text', content: 'What is this?' },
        {
          type: 'blob',
          modality: 'image',
          mime_type: 'image/png',
          content: '',
          byte_length: 8,
          sha256: '4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6',
        },
        { type: 'uri', modality: 'image', uri: 'https://example.com/cat.png' },
        {
          type: 'blob',
          modality: 'audio',
          mime_type: 'audio/wav',
          content: '',
          byte_length: 4,
          sha256: 'a40ff3d5900fb7698b8c865041347cb49eccedc8f93945f89629ad104aaecce4',
        },
        { type: 'file', modality: 'document', file_id: 'file-1' },
      ],
    },
    {
      role: 'assistant',
      parts: [
        { type: 'tool_call', id: 'call_1', name: 'look', arguments: { at: 'cat' } },
        { type: 'tool_call', id: 'call_2', name: 'look', arguments: 'not JSON' },
        { type: 'tool_call', id: 'call_3', name: 'shell', arguments: 'ls' },
      ],
    },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'a cat' }] },
  ])
})

test('every item of a response has its place in the schema', async () => {
  await at.client.responses.create({
    model: 'tools',
    tools: [{ type: 'function', name: 'weather', parameters: {}, strict: false }],
    input: [
      { role: 'user', content: [{ type: 'input_image', detail: 'auto', file_id: 'file-2' }] },
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm' }] },
      { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}' },
      { type: 'custom_tool_call', call_id: 'call_2', name: 'shell', input: 'ls' },
      { type: 'custom_tool_call_output', call_id: 'call_2', output: 'a.txt' },
    ],
  })
  expect(parsed('gen_ai.input.messages')).toEqual([
    { role: 'user', parts: [{ type: 'file', modality: 'image', file_id: 'file-2' }] },
    { role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm' }] },
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: 'call_1', name: 'look', arguments: {} }],
    },
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: 'call_2', name: 'shell', arguments: 'ls' }],
    },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_2', response: 'a.txt' }] },
  ])
  expect(parsed('gen_ai.output.messages')).toEqual([
    {
      role: 'assistant',
      parts: [
        {
          type: 'tool_call',
          id: 'call_1',
          name: 'weather',
          arguments: { city: 'CANARY-TOOL-ARGUMENT' },
        },
      ],
    },
  ])
})
