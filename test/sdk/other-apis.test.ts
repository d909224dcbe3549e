import { expect, test } from 'vitest'
import { headerAttributes, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const server = (): object => ({
  'gen_ai.provider.name': 'openai',
  'server.address': '127.0.0.1',
  'server.port': at.server.port,
})

const usage = (input: number, output: number): object => ({
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': output,
  'gen_ai.usage.cache_read.input_tokens': 4,
  'gen_ai.usage.reasoning.output_tokens': 2,
})

test('a response tells all that was asked and all that was answered', async () => {
  await at.client.responses.create({
    model: 'ordinary',
    input: 'Hello',
    max_output_tokens: 50,
    temperature: 0.1,
    top_p: 0.8,
    text: { format: { type: 'json_object' } },
    reasoning: { effort: 'high' },
    previous_response_id: 'resp_0',
    conversation: { id: 'conv_1' },
    service_tier: 'priority',
  })
  expect(telemetry().span('chat ordinary').attributes).toEqual({
    ...server(),
    ...headerAttributes('ordinary'),
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'ordinary',
    'gen_ai.request.max_tokens': 50,
    'gen_ai.request.temperature': 0.1,
    'gen_ai.request.top_p': 0.8,
    'gen_ai.output.type': 'json',
    'gen_ai.request.reasoning.level': 'high',
    'gen_ai.request.previous_response.id': 'resp_0',
    'gen_ai.conversation.id': 'conv_1',
    'openai.api.type': 'responses',
    'openai.request.service_tier': 'priority',
    'gen_ai.response.id': 'resp_ordinary',
    'gen_ai.response.model': 'ordinary-2026-01-01',
    'gen_ai.response.status': 'completed',
    'gen_ai.response.finish_reasons': ['stop'],
    'openai.response.service_tier': 'default',
    ...usage(28, 6),
  })
})

test.each([
  ['truncated', { 'gen_ai.response.finish_reasons': ['length'] }],
  ['content-filter', { 'gen_ai.response.finish_reasons': ['content_filter'] }],
])('an incomplete response has the finish reason of its cause: %s', async (model, attributes) => {
  await at.client.responses.create({ model, input: 'Hello' })
  expect(telemetry().span().attributes).toMatchObject({
    ...attributes,
    'gen_ai.response.status': 'incomplete',
  })
})

test('a response that calls a function has the finish reason of a chat completion', async () => {
  await at.client.responses.create({
    model: 'tools',
    input: 'Weather?',
    tools: [{ type: 'function', name: 'weather', parameters: {}, strict: false }],
  })
  expect(telemetry().span().attributes['gen_ai.response.finish_reasons']).toEqual(['tool_calls'])
})

test('embeddings tell their format, dimensions and input tokens', async () => {
  await at.client.embeddings.create({
    model: 'text-embedding-3-small',
    input: 'Hello',
    encoding_format: 'float',
    dimensions: 4,
  })
  const { attributes } = telemetry().span('embeddings text-embedding-3-small')
  const told = Object.entries(attributes).filter(([name]) => !name.startsWith('llmscope.cost.'))
  expect(Object.fromEntries(told)).toEqual({
    ...server(),
    ...headerAttributes('text-embedding-3-small'),
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.request.model': 'text-embedding-3-small',
    'gen_ai.request.encoding_formats': ['float'],
    'gen_ai.embeddings.dimension.count': 4,
    'gen_ai.response.model': 'text-embedding-3-small-2026-01-01',
    'gen_ai.usage.input_tokens': 30,
  })
})

test('a legacy completion tells all that was asked and all that was answered', async () => {
  await at.client.completions.create({
    model: 'ordinary',
    prompt: 'Once upon a time',
    n: 3,
    max_tokens: 10,
    temperature: 0.5,
    top_p: 0.7,
    frequency_penalty: 0.1,
    presence_penalty: 0.2,
    seed: 3,
    stop: ['.'],
  })
  expect(telemetry().span('text_completion ordinary').attributes).toEqual({
    ...server(),
    ...headerAttributes('ordinary'),
    'gen_ai.operation.name': 'text_completion',
    'gen_ai.request.model': 'ordinary',
    'gen_ai.request.choice.count': 3,
    'gen_ai.request.max_tokens': 10,
    'gen_ai.request.temperature': 0.5,
    'gen_ai.request.top_p': 0.7,
    'gen_ai.request.frequency_penalty': 0.1,
    'gen_ai.request.presence_penalty': 0.2,
    'gen_ai.request.seed': 3,
    'gen_ai.request.stop_sequences': ['.'],
    'gen_ai.response.id': 'cmpl-ordinary',
    'gen_ai.response.model': 'ordinary-2026-01-01',
    'gen_ai.response.finish_reasons': ['stop'],
    ...usage(28, 14),
    'gen_ai.usage.audio.input_tokens': 0,
    'gen_ai.usage.audio.output_tokens': 0,
  })
})
