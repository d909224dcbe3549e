import {
  agent,
  embedding,
  retrieval,
  score,
  tool,
  trainingRun,
  withContext,
  workflow,
} from '@llmscope/sdk'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { FACTS } from './facts.ts'
import { events, openai, read, useServer } from './openai-client.ts'
import { useTelemetry } from './telemetry.ts'

const telemetry = useTelemetry({ captureContent: 'event_only' })
const at = useServer()

const ATTRIBUTES = {
  'gen_ai.conversation.id': 'conv-1',
  'user.id': 'user-7',
  'gen_ai.prompt.name': 'support',
  'gen_ai.prompt.version': '3',
  'llmscope.variant': 'b',
  'llmscope.tag.team': 'search',
  'llmscope.tag.cost.center': '42',
  'llmscope.tag.beta': 'true',
}

const chat = (model = 'ordinary'): Promise<{ readonly id: string }> =>
  at.client.chat.completions.create({ model, messages: [] })

/** What the spans say of one fact, by name. */
function told(fact: string): Record<string, unknown> {
  return Object.fromEntries(telemetry().spans.map((span) => [span.name, span.attributes[fact]]))
}

test('every span and event inside has the facts', async () => {
  await withContext(FACTS, () =>
    workflow('answer', () =>
      agent('planner', async () => {
        const { id } = await chat()
        tool('weather', () => 1)
        retrieval({ dataSource: 'handbook' }, () => [])
        embedding({ model: 'bge', provider: 'local' }, () => [])
        await at.client.embeddings.create({ model: 'e', input: 'x' })
        score(id, { name: 'relevance', value: 1 })
      }),
    ),
  )
  expect(telemetry().spans).toHaveLength(7)
  for (const { attributes } of telemetry().spans) expect(attributes).toMatchObject(ATTRIBUTES)
  expect(telemetry().events.map(({ eventName }) => eventName)).toEqual([
    'gen_ai.client.inference.operation.details',
    'gen_ai.evaluation.result',
  ])
  for (const { attributes } of telemetry().events) expect(attributes).toMatchObject(ATTRIBUTES)
})

test('a training run inside has the facts, on spans and events', async () => {
  await withContext({ userId: 'user-7' }, () =>
    trainingRun({ name: 'tiny' }, async (run) => {
      await run.epoch(0, async () => run.step({ loss: 1 }))
      await run.evaluation('held-out', () => ({ loss: 1 }))
    }),
  )
  expect(Object.values(told('user.id'))).toEqual(['user-7', 'user-7', 'user-7', 'user-7'])
  for (const { attributes } of telemetry().events) {
    expect(attributes).toMatchObject({ 'user.id': 'user-7' })
  }
  expect(telemetry().events.length).toBeGreaterThan(0)
})

test('inner facts win, outer ones stay, tags come together', async () => {
  await withContext({ userId: 'u', variant: 'a', tags: { team: 'search', feature: 'x' } }, () =>
    withContext({ variant: 'b', tags: { feature: 'y', step: 2 } }, () => chat()),
  )
  expect(telemetry().span().attributes).toMatchObject({
    'user.id': 'u',
    'llmscope.variant': 'b',
    'llmscope.tag.team': 'search',
    'llmscope.tag.feature': 'y',
    'llmscope.tag.step': '2',
  })
})

test('what runs outside, before or after has none of them', async () => {
  await chat('ordinary:before')
  const inside = withContext({ variant: 'b' }, () => chat('ordinary:inside'))
  await chat('ordinary:beside')
  await inside
  await chat('ordinary:after')
  expect(told('llmscope.variant')).toEqual({
    'chat ordinary:before': undefined,
    'chat ordinary:inside': 'b',
    'chat ordinary:beside': undefined,
    'chat ordinary:after': undefined,
  })
})

test('concurrent contexts do not mix', async () => {
  const indices = Array.from({ length: 20 }, (_, index) => index)
  await Promise.all(
    indices.map((index) =>
      withContext({ conversationId: `conv-${index}` }, async () => {
        await wait(index % 3)
        await tool(`tool ${index}`, () => chat(`ordinary:${index}`))
      }),
    ),
  )
  const conversations = told('gen_ai.conversation.id')
  for (const index of indices) {
    expect(conversations[`execute_tool tool ${index}`]).toBe(`conv-${index}`)
    expect(conversations[`chat ordinary:${index}`]).toBe(`conv-${index}`)
  }
})

test('a request’s own conversation wins for its call', async () => {
  await withContext({ conversationId: 'mine' }, async () => {
    await at.client.responses.create({ model: 'ordinary', input: 'x', conversation: 'theirs' })
    await chat('ordinary:other')
  })
  expect(told('gen_ai.conversation.id')).toEqual({
    'chat ordinary': 'theirs',
    'chat ordinary:other': 'mine',
  })
})

test('the steps of generators, and of promises of them, are inside', async () => {
  const sync = withContext({ variant: 'sync' }, function* () {
    tool('sync', () => 1)
    yield 1
  })
  const async = withContext({ variant: 'async' }, async function* () {
    await chat('ordinary:async')
    yield 1
  })
  const later = await withContext({ variant: 'later' }, async () => {
    await wait(1)
    return (async function* () {
      await chat('ordinary:later')
      yield 1
    })()
  })
  expect([...sync]).toEqual([1])
  expect(await read(async)).toEqual([1])
  expect(await read(later)).toEqual([1])
  expect(told('llmscope.variant')).toEqual({
    'execute_tool sync': 'sync',
    'chat ordinary:async': 'async',
    'chat ordinary:later': 'later',
  })
})

test('a stream that is read outside has the facts, and is the client’s own', async () => {
  const client = openai({
    baseURL: 'http://127.0.0.1/v1',
    fetch: async () => events([{ id: 'c', model: 'm', choices: [] }]),
  })
  const promise = withContext({ variant: 'b' }, () =>
    client.chat.completions.create({ model: 'm', messages: [], stream: true }),
  )
  const { data, response } = await promise.withResponse()
  expect(response.status).toBe(200)
  expect(await read(data)).toHaveLength(1)
  expect(told('llmscope.variant')).toEqual({ 'chat m': 'b' })
})

test('the function’s value and error are given back as they are', async () => {
  const value = { its: 'own' }
  const error = new RangeError('too far')
  expect(withContext(FACTS, () => value)).toBe(value)
  expect(await withContext(FACTS, async () => value)).toBe(value)
  expect(() =>
    withContext(FACTS, () => {
      throw error
    }),
  ).toThrow(error)
  await expect(withContext(FACTS, () => Promise.reject(error))).rejects.toBe(error)
  const seen: unknown[] = []
  withContext(FACTS, function (this: unknown, ...args: unknown[]) {
    seen.push(this, args)
  })
  expect(seen).toEqual([undefined, []])
})

test('a score has the facts of the call that it judges, whoever gives it', async () => {
  const { id } = await withContext({ userId: 'asker', variant: 'b' }, () => chat())
  withContext({ userId: 'judge', variant: 'c' }, () => score(id, { name: 'helpful', value: 1 }))
  const event = telemetry().events.find(({ eventName }) => eventName?.includes('evaluation'))
  expect(event?.attributes).toMatchObject({ 'user.id': 'asker', 'llmscope.variant': 'b' })
  const [point] = await telemetry().points('llmscope.evaluation.score')
  expect(point?.attributes).toMatchObject({ 'llmscope.variant': 'b' })
})
