import { agent, embedding, retrieval, score, tool, withContext, workflow } from '@llmscope/sdk'
import { trace } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { openai, read, useServer } from './openai-client.ts'

const at = useServer()

test('with no OpenTelemetry SDK calls are the client’s own', async () => {
  const promise = at.client.chat.completions.create({ model: 'ordinary', messages: [] })
  expect(Object.hasOwn(promise, 'asResponse')).toBe(false)
  expect((await promise).id).toBe('chatcmpl-ordinary')
  const stream = await at.client.chat.completions.create({
    model: 'ordinary',
    messages: [],
    stream: true,
  })
  expect(Object.hasOwn(stream[Symbol.asyncIterator](), 'next')).toBe(false)
})

test('with no OpenTelemetry SDK operations are their functions', async () => {
  const promise = Promise.resolve(1)
  expect(agent('planner', () => promise)).toBe(promise)
  expect(tool('calculator', () => 42)).toBe(42)
  expect(retrieval({ dataSource: 'handbook' }, () => null)).toBeNull()
  expect(embedding({ model: 'm', provider: 'local' }, () => undefined)).toBeUndefined()
  expect(withContext({ userId: 'u' }, () => promise)).toBe(promise)
  const span = workflow('answer', (running) => running)
  expect(span.isRecording()).toBe(false)
  expect(trace.isSpanContextValid(span.spanContext())).toBe(false)
  score('chatcmpl-1', { name: 'relevance', value: 1 })
})

test('with no OpenTelemetry SDK errors are the application’s', async () => {
  const call = at.client.chat.completions.create({ model: 'bad-request', messages: [] })
  await expect(call).rejects.toMatchObject({ status: 400 })
  const stream = await openai({ baseURL: at.server.baseURL }).chat.completions.create({
    model: 'drop',
    messages: [],
    stream: true,
  })
  await expect(read(stream)).rejects.toThrow('terminated')
})
