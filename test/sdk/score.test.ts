import { agent, type Score, score, type ScoreTarget, start } from '@llmscope/sdk'
import { trace } from '@opentelemetry/api'
import type OpenAI from 'openai'
import { expect, test } from 'vitest'
import { read, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const relevance = { name: 'relevance', value: 0.9, label: 'pass' }
const chat = (): Promise<OpenAI.ChatCompletion> =>
  at.client.chat.completions.create({ model: 'ordinary', messages: [] })
const chunks = async (): Promise<OpenAI.ChatCompletionChunk[]> =>
  read(await at.client.chat.completions.create({ model: 'ordinary', messages: [], stream: true }))
const parse = (): Promise<object> =>
  at.client.chat.completions.parse({ model: 'json', messages: [] })
const respond = (): Promise<object> => at.client.responses.create({ model: 'ordinary', input: 'x' })

test.each<[string, () => Promise<ScoreTarget>]>([
  ['a completion', chat],
  ['its id', async () => (await chat()).id],
  ['a chunk of its stream', async () => (await chunks())[2] as ScoreTarget],
  ['a parsed completion', parse],
  ['a response', respond],
])('a score of %s lands in the span of the call, after that has ended', async (_, target) => {
  score(await target(), relevance)
  const span = telemetry().span()
  const [event] = telemetry().events
  expect(event?.spanContext).toMatchObject({
    traceId: span.spanContext().traceId,
    spanId: span.spanContext().spanId,
  })
  expect(event).toMatchObject({
    eventName: 'gen_ai.evaluation.result',
    severityNumber: 9,
    body: undefined,
    attributes: {
      'gen_ai.evaluation.name': 'relevance',
      'gen_ai.evaluation.score.value': 0.9,
      'gen_ai.evaluation.score.label': 'pass',
      'gen_ai.response.id': span.attributes['gen_ai.response.id'],
    },
  })
  const [point] = await telemetry().points('llmscope.evaluation.score')
  expect(point).toMatchObject({
    attributes: {
      'gen_ai.evaluation.name': 'relevance',
      'gen_ai.evaluation.score.label': 'pass',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': span.attributes['gen_ai.request.model'],
    },
    histogram: { count: 1, sum: 0.9 },
  })
})

test('a span, or its context, is scored while it runs and after', () => {
  const span = agent('planner', (running) => {
    score(running, { name: 'during', value: 1 })
    return running
  })
  score(span.spanContext(), { name: 'after', value: 0 })
  const { spanId } = telemetry().span('invoke_agent planner').spanContext()
  expect(telemetry().events.map(({ spanContext }) => spanContext?.spanId)).toEqual([spanId, spanId])
})

test('a response that nobody knows is scored by its id, in the active context', () => {
  trace.getTracer('application').startActiveSpan('request', (span) => {
    score('chatcmpl-of-yesterday', { name: 'user feedback', label: 'good' })
    span.end()
  })
  const [event] = telemetry().events
  expect(event?.attributes).toEqual({
    'gen_ai.evaluation.name': 'user feedback',
    'gen_ai.evaluation.score.label': 'good',
    'gen_ai.response.id': 'chatcmpl-of-yesterday',
  })
  expect(event?.spanContext?.spanId).toBe(telemetry().span('request').spanContext().spanId)
})

test('a label alone is an event, and no value', async () => {
  score(await chat(), { name: 'safety', label: 'safe' })
  expect(telemetry().events).toHaveLength(1)
  expect(await telemetry().points('llmscope.evaluation.score')).toEqual([])
})

test('an explanation may quote the answer: it is kept where content is', async () => {
  const explained = { ...relevance, explanation: 'It says "of three pieces".' }
  const name = 'gen_ai.evaluation.explanation'
  score(await chat(), explained)
  expect(telemetry().events[0]?.attributes).not.toHaveProperty([name])
  start({ captureContent: 'event_only' })
  score(await chat(), explained)
  expect(telemetry().events.at(-1)?.attributes[name]).toBe(explained.explanation)
})

test('of many responses the latest are found again', async () => {
  await chat()
  const first = telemetry().span().spanContext().spanId
  const latest = await chunks()
  score('chatcmpl-ordinary', relevance)
  const [, second] = telemetry().spans
  expect(telemetry().events[0]?.spanContext?.spanId).toBe(second?.spanContext().spanId)
  expect(second?.spanContext().spanId).not.toBe(first)
  expect(latest).not.toEqual([])
})

test.each<[unknown, unknown, RegExp]>([
  [undefined, relevance, /score\(\) takes a span, a span context, the id of a response, or what/],
  [null, relevance, /score\(\) takes a span/],
  [7, relevance, /score\(\) takes a span/],
  ['id', {}, /score\(\) needs a name/],
  ['id', { name: '' }, /score\(\) needs a name/],
  ['id', { name: 'x' }, /score x needs a value that is a finite number, or a label/],
  ['id', { name: 'x', value: Number.NaN }, /score x needs a value/],
  ['id', { name: 'x', value: '1' }, /score x needs a value/],
  ['id', { name: 'x', value: Infinity, label: 'good' }, /score x needs a value/],
])('score(%o, %o) is refused', (target, result, message) => {
  expect(() => score(target as ScoreTarget, result as Score)).toThrow(TypeError)
  expect(() => score(target as ScoreTarget, result as Score)).toThrow(message)
})
