import { agent, start, tool, workflow } from '@llmscope/sdk'
import { trace } from '@opentelemetry/api'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { Span as SdkSpan } from '@opentelemetry/sdk-trace'
import type OpenAI from 'openai'
import type { APIPromise } from 'openai'
import { expect, test } from 'vitest'
import { read, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry()
const at = useServer()

const active = (): string | undefined => (trace.getActiveSpan() as SdkSpan | undefined)?.name
const ended = (): string[] => telemetry().spans.map(({ name }) => name)

test('a generator runs in its span, step by step, and ends it', () => {
  const seen: (string | undefined)[] = []
  const steps = agent('planner', function* () {
    seen.push(active())
    const answer: number = yield 1
    seen.push(active())
    yield answer
    return 'done'
  })
  expect(steps.next()).toEqual({ value: 1, done: false })
  expect(active()).toBeUndefined()
  expect(ended()).toEqual([])
  expect(steps.next(7)).toEqual({ value: 7, done: false })
  expect(steps.next()).toEqual({ value: 'done', done: true })
  expect(seen).toEqual(['invoke_agent planner', 'invoke_agent planner'])
  expect(ended()).toEqual(['invoke_agent planner'])
})

test('an async generator runs in its span, and what it calls is below', async () => {
  const words: string[] = []
  for await (const word of agent('planner', async function* () {
    yield 'one'
    await wait(1)
    await at.client.chat.completions.create({ model: 'ordinary', messages: [] })
    yield active()
  })) {
    words.push(String(word))
    expect(active()).toBeUndefined()
  }
  expect(words).toEqual(['one', 'invoke_agent planner'])
  const parent = telemetry().span('invoke_agent planner').spanContext().spanId
  expect(telemetry().span('chat ordinary').parentSpanContext?.spanId).toBe(parent)
})

/** An agent that says three times which span is active. */
function sayActive(name: string): AsyncGenerator<string | undefined> {
  return agent(name, async function* () {
    for (let step = 0; step < 3; step += 1) {
      await wait(1)
      yield active()
    }
  })
}

test('generators that run side by side keep their spans apart', async () => {
  const [left, right] = await Promise.all([read(sayActive('left')), read(sayActive('right'))])
  expect(left).toEqual(Array(3).fill('invoke_agent left'))
  expect(right).toEqual(Array(3).fill('invoke_agent right'))
})

test('what a generator returns is the result of its tool', async () => {
  start({ captureContent: 'span_only' })
  const steps = tool('count', async function* () {
    yield 1
    return { total: 1 }
  })
  await read(steps)
  expect(telemetry().span().attributes['gen_ai.tool.call.result']).toBe('{"total":1}')
})

test.each([
  ['leaves', (steps: Generator) => steps.return(undefined)],
  ['runs out of', (steps: Generator) => [...steps]],
])('a span ends when the application %s its generator', (_, end) => {
  const steps = agent('planner', function* () {
    yield 1
    yield 2
  })
  steps.next()
  end(steps)
  expect(ended()).toEqual(['invoke_agent planner'])
})

test('a generator that fails fails its span, with the application’s own error', async () => {
  const error = new RangeError('x')
  const failing = agent('sync', function* () {
    yield 1
    throw error
  })
  failing.next()
  expect(() => failing.next()).toThrow(error)
  const rejecting = agent('async', async function* () {
    yield 1
    throw error
  })
  await expect(read(rejecting)).rejects.toBe(error)
  for (const { attributes } of telemetry().spans) {
    expect(attributes['error.type']).toBe('RangeError')
  }
  expect(ended()).toEqual(['invoke_agent sync', 'invoke_agent async'])
})

test('a stream of the client that an agent returns stays whole, and its end is the agent’s', async () => {
  const stream = await agent('planner', () =>
    at.client.chat.completions.create({ model: 'ordinary', messages: [], stream: true }),
  )
  const [left, right] = stream.tee()
  expect(ended()).toEqual([])
  expect(await read(left)).toEqual(await read(right))
  expect(ended()).toEqual(['chat ordinary', 'invoke_agent planner'])
})

const call = (name: string): APIPromise<OpenAI.ChatCompletion> =>
  workflow(name, () => at.client.chat.completions.create({ model: 'ordinary', messages: [] }))

test('the client’s promise that an agent returns keeps all its ways', async () => {
  const response = await call('raw').asResponse()
  expect(await response.json()).toMatchObject({ id: 'chatcmpl-ordinary' })
  const { data, response: headers } = await call('both').withResponse()
  expect([data.id, headers.status]).toEqual(['chatcmpl-ordinary', 200])
  expect((await call('value')).id).toBe('chatcmpl-ordinary')
  expect(ended().filter((name) => name.startsWith('invoke'))).toEqual([
    'invoke_workflow raw',
    'invoke_workflow both',
    'invoke_workflow value',
  ])
})

test('an iterable of the application’s own runs in the span of its agent', async () => {
  class Words {
    async *[Symbol.asyncIterator](): AsyncGenerator<string | undefined> {
      yield active()
    }
  }
  const words = agent('planner', () => new Words())
  expect(words).toBeInstanceOf(Words)
  expect(await read(words)).toEqual(['invoke_agent planner'])
  expect(ended()).toEqual(['invoke_agent planner'])
})

test('a stream of bytes is handed out, and that is the end', async () => {
  const body = agent('planner', () => Readable.from(['a', 'b']))
  expect(ended()).toEqual(['invoke_agent planner'])
  expect(await body.toArray()).toEqual(['a', 'b'])
})
